import { ActionIcon, Popover, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { askedBefore, singleKeys } from '../state/habits';
import { useStored } from '../state/stored';
import { useZone } from '../state/zone';

const SCHEMES = [
  ['auto', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Habits of this reader. They stay in this browser. */
export function Settings() {
  const [opened, setOpened] = useState(false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [zone, toggleZone] = useZone();
  const keys = useStored(singleKeys);
  const asked = useStored(askedBefore);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      width={300}
    >
      <Popover.Target>
        <Tooltip label="Settings" disabled={opened}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Settings"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconAdjustments size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="settings">
        <Choice title="Colours" options={SCHEMES} chosen={colorScheme} choose={setColorScheme} />
        <Choice
          title="Times"
          options={[
            ['utc', 'UTC'],
            ['local', 'Local'],
          ]}
          chosen={zone}
          choose={(next) => next !== zone && toggleZone()}
        />
        <label>
          <input type="checkbox" checked={keys} onChange={(event) => singleKeys.set(event.target.checked)} />
          Single keys are shortcuts
        </label>
        <button type="button" className="link" disabled={asked.length === 0} onClick={() => askedBefore.set([])}>
          Forget the {asked.length} queries asked here
        </button>
        <p>Kept in this browser only. What belongs to a question is in the address.</p>
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice<T extends string>({
  title,
  options,
  chosen,
  choose,
}: {
  title: string;
  options: readonly (readonly [T, string])[];
  chosen: T;
  choose: (value: T) => void;
}) {
  return (
    <fieldset className="choice">
      <legend>{title}</legend>
      {options.map(([value, label]) => (
        <button type="button" key={value} aria-pressed={value === chosen} onClick={() => choose(value)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}
