import { useMantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { type Command, useCommands } from '../palette/commands';
import { type Navigate, toView } from '../state/view';
import { toggleZone } from '../state/zone';
import { VIEWS } from './views';

/** What can be done everywhere. */
export function useAppCommands(navigate: Navigate, openHelp: (opened: boolean) => void): void {
  const { setColorScheme } = useMantineColorScheme();
  const commands = useMemo<readonly Command[]>(
    () => [
      ...VIEWS.map(({ name, label, keys }) => ({ title: label, keys, run: () => navigate(toView(name)) })),
      { title: 'Query language, on one page', run: () => navigate({ doc: 'query-language' }) },
      { title: 'Reasons, what each means', run: () => navigate({ doc: 'reasons' }) },
      { title: 'Shortcuts', keys: '?', run: () => openHelp(true) },
      { title: 'UTC or local time', keys: 'u', run: toggleZone },
      { title: 'Dark colours', run: () => setColorScheme('dark') },
      { title: 'Light colours', run: () => setColorScheme('light') },
      { title: 'Colours of the system', run: () => setColorScheme('auto') },
    ],
    [navigate, openHelp, setColorScheme],
  );
  useCommands('Page', commands);
}
