import { Popover } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconClock, IconZoomOut } from '@tabler/icons-react';
import { useState } from 'react';
import { useZone } from '../../state/zone';
import { dateTime } from '../../time/format';
import { describe, nineDigits, PRESETS, parseRange, type Range, resolved, shifted, wider } from '../../time/range';

interface Props {
  readonly range: Range;
  readonly choose: (range: Range) => void;
  readonly opened: boolean;
  readonly setOpened: (opened: boolean) => void;
}

/** Every range in one text field, with presets and two pickers for who would rather not type. */
export function RangePicker({ range, choose, opened, setOpened }: Props) {
  const [zone] = useZone();
  const done = (next: Range) => {
    choose(next);
    setOpened(false);
  };
  return (
    <div className="range-bar">
      <button
        type="button"
        className="control control-icon"
        aria-label="Earlier"
        title="Earlier by this range ([)"
        disabled={range.from === undefined}
        onClick={() => choose(shifted(range, -1))}
      >
        <IconChevronLeft size={15} />
      </button>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        trapFocus
        returnFocus
        shadow="md"
        transitionProps={{ duration: 0 }}
      >
        <Popover.Target>
          <button
            type="button"
            className="control"
            title="Time range (t)"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconClock size={15} aria-hidden="true" />
            {describe(range, (time) => dateTime(time, zone).slice(5, 19))}
            <IconChevronDown size={13} aria-hidden="true" />
          </button>
        </Popover.Target>
        <Popover.Dropdown className="range">
          <TypedRange range={range} done={done} />
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className="control control-icon"
        aria-label="Later"
        title="Later by this range (])"
        disabled={range.to === undefined}
        onClick={() => choose(shifted(range, 1))}
      >
        <IconChevronRight size={15} />
      </button>
      <button
        type="button"
        className="control control-icon"
        aria-label="Zoom out"
        title="Zoom out (z)"
        disabled={range.from === undefined}
        onClick={() => choose(wider(range))}
      >
        <IconZoomOut size={15} />
      </button>
    </div>
  );
}

function TypedRange({ range, done }: { range: Range; done: (range: Range) => void }) {
  const [zone] = useZone();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const parsed = parseRange(typed, zone === 'utc');
  const understood = typeof parsed === 'string' ? undefined : parsed;
  const wrong = typeof parsed === 'string' && tried ? parsed : undefined;
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (understood !== undefined) done(understood);
        }}
      >
        <input
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setTried(false);
          }}
          placeholder="15m · today · 14:00 – 15:00 · now-2h to now-1h"
          aria-label="Time range, typed"
          aria-invalid={wrong !== undefined}
          aria-describedby="range-words"
        />
        <p id="range-words" className={wrong ? 'range-wrong' : 'range-hint'} role="status">
          {wrong ?? (typed === '' || understood === undefined ? hint(zone) : inWords(understood, zone))}
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
      <Pickers range={range} done={done} />
    </>
  );
}

const hint = (zone: 'utc' | 'local'): string =>
  `Enter to apply. Times are ${zone === 'utc' ? 'UTC' : 'local'}; u switches.`;

/** What was understood, as two moments, before it is applied. */
function inWords(range: Range, zone: 'utc' | 'local'): string {
  const { from, to } = resolved(range);
  const words = (at: number) => dateTime(nineDigits(at), zone).slice(0, 19);
  const end = range.to === undefined ? 'now' : words(to);
  return from === undefined ? `everything until ${end}` : `${words(from)} – ${end}`;
}

function Pickers({ range, done }: { range: Range; done: (range: Range) => void }) {
  const [zone] = useZone();
  const now = resolved(range);
  const shown = (at: number | undefined) =>
    at === undefined ? '' : dateTime(nineDigits(at), zone).slice(0, 19).replace(' ', 'T');
  const [from, setFrom] = useState(shown(now.from));
  const [to, setTo] = useState(shown(now.to));
  const parsed = parseRange(`${from.replace('T', ' ')} to ${to.replace('T', ' ')}`, zone === 'utc');
  return (
    <div className="range-pickers">
      <label>
        From
        <input type="datetime-local" step="1" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        To
        <input type="datetime-local" step="1" value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      <button
        type="button"
        className="control"
        disabled={typeof parsed === 'string'}
        onClick={() => typeof parsed !== 'string' && done(parsed)}
      >
        Apply
      </button>
    </div>
  );
}
