import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react';
import { type Navigate, toView, type ViewName } from '../state/view';
import { useZone } from '../state/zone';

const VIEWS: readonly { name: ViewName; label: string }[] = [
  { name: 'events', label: 'Events' },
  { name: 'map', label: 'Map' },
  { name: 'trace', label: 'Traces' },
  { name: 'policies', label: 'Policies' },
  { name: 'ledgers', label: 'Ledgers' },
  { name: 'sources', label: 'Sources' },
];

export function Header({ view, navigate, openHelp }: { view: ViewName; navigate: Navigate; openHelp: () => void }) {
  const [zone, toggleZone] = useZone();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className="header">
      <a className="brand" href="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M5 24 11.5 8 16 18l4.500-10L27 24" />
          <circle cx="16" cy="18" r="3.100" />
        </svg>
        Meshtrail
      </a>
      <nav aria-label="Views">
        {VIEWS.map(({ name, label }) => (
          <button
            type="button"
            key={name}
            className="tab"
            aria-current={view === name ? 'page' : undefined}
            onClick={() => navigate(toView(name))}
          >
            {label}
          </button>
        ))}
      </nav>
      <span className="grow" />
      <Tooltip label={`Times are in ${zone === 'utc' ? 'UTC' : 'local time'}. Switch (u)`}>
        <button type="button" className="zone" onClick={toggleZone}>
          {zone === 'utc' ? 'UTC' : 'Local'}
        </button>
      </Tooltip>
      <Tooltip label="Shortcuts (?)">
        <ActionIcon variant="subtle" color="gray" aria-label="Shortcuts" onClick={openHelp}>
          <IconKeyboard size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`Switch to ${other}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Switch to ${other}`}
          onClick={() => setColorScheme(other)}
        >
          {scheme === 'dark' ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />}
        </ActionIcon>
      </Tooltip>
    </header>
  );
}
