import { Popover } from '@mantine/core';
import { IconChevronDown, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useZone } from '../state/zone';
import { dateTime } from '../time/format';
import { describe, PRESETS, parseRange, type Range } from '../time/range';

interface Props {
  readonly range: Range;
  readonly choose: (range: Range) => void;
  readonly opened: boolean;
  readonly setOpened: (opened: boolean) => void;
}

export function RangePicker({ range, choose, opened, setOpened }: Props) {
  const [zone] = useZone();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();
  const done = (next: Range) => {
    choose(next);
    setTyped('');
    setWrong(undefined);
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      trapFocus
      shadow="md"
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button type="button" className="control" title="Time range (t)" onClick={() => setOpened(!opened)}>
          <IconClock size={15} aria-hidden="true" />
          {describe(range, (time) => dateTime(time, zone).slice(5, 19))}
          <IconChevronDown size={13} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="range">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const parsed = parseRange(typed, zone === 'utc');
            if (typeof parsed === 'string') setWrong(parsed);
            else done(parsed);
          }}
        >
          <input
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="15m · now-2h to now-1h · 2026-11-01 14:00 – 15:00"
            aria-label="Time range, typed"
            aria-invalid={wrong !== undefined}
          />
          <p className={wrong ? 'range-wrong' : 'range-hint'}>
            {wrong ?? `Enter to apply. Times are ${zone === 'utc' ? 'UTC' : 'local'}.`}
          </p>
        </form>
        <div className="range-presets">
          {PRESETS.map((preset) => (
            <button
              type="button"
              key={preset.label}
              aria-pressed={range.from === preset.from && range.to === undefined}
              onClick={() => done({ from: preset.from, to: undefined })}
            >
              {preset.label}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
