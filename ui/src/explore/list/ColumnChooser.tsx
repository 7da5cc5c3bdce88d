import { Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Look } from '../../state/look';
import { ALL_COLUMNS, DEFAULT_COLUMNS, moved, TABLE_COLUMNS, titleOf } from './columns';

interface Props {
  readonly look: Look;
  readonly change: (change: Partial<Look>) => void;
}

const SHOWN = 60;

/** Which columns in which order, and how dense. All of it is in the address. */
export function ColumnChooser({ look, change }: Props) {
  const [sought, setSought] = useState('');
  const columns = look.columns ?? DEFAULT_COLUMNS;
  const chosen = new Set(columns.map(({ name }) => name));
  const others = ALL_COLUMNS.filter((name) => !chosen.has(name) && name.includes(sought.trim().toLowerCase()));
  const set = (next: Look['columns']) => change({ columns: next });
  return (
    <Popover position="bottom-end" shadow="md" trapFocus transitionProps={{ duration: 0 }} width={330}>
      <Popover.Target>
        <button type="button" className="chip" title="Columns, density, wrapping">
          <IconColumns3 size={14} aria-hidden="true" /> Columns
        </button>
      </Popover.Target>
      <Popover.Dropdown className="chooser">
        <div className="chooser-presets">
          <button type="button" aria-pressed={look.columns === undefined} onClick={() => set(undefined)}>
            Sentences
          </button>
          <button
            type="button"
            aria-pressed={look.columns?.map(({ name }) => name).join() === TABLE_COLUMNS.map(({ name }) => name).join()}
            onClick={() => set(TABLE_COLUMNS)}
          >
            Table
          </button>
          <button type="button" aria-pressed={look.dense} onClick={() => change({ dense: !look.dense })}>
            Dense
          </button>
          <button type="button" aria-pressed={look.wrap} onClick={() => change({ wrap: !look.wrap })}>
            Wrap
          </button>
        </div>
        <ol className="chooser-chosen" aria-label="Chosen columns, in order">
          {columns.map(({ name }, i) => (
            <li key={name}>
              <span>{titleOf(name)}</span>
              <button
                type="button"
                aria-label={`Move ${name} up`}
                disabled={i === 0}
                onClick={() => set(moved(columns, i, i - 1))}
              >
                <IconArrowUp size={13} />
              </button>
              <button
                type="button"
                aria-label={`Move ${name} down`}
                disabled={i === columns.length - 1}
                onClick={() => set(moved(columns, i, i + 1))}
              >
                <IconArrowDown size={13} />
              </button>
              <button
                type="button"
                aria-label={`Remove ${name}`}
                disabled={columns.length === 1}
                onClick={() => set(columns.filter((_, other) => other !== i))}
              >
                <IconX size={13} />
              </button>
            </li>
          ))}
        </ol>
        <input
          data-autofocus
          value={sought}
          placeholder="Find a field to add"
          aria-label="Find a field to add"
          onChange={(event) => setSought(event.target.value)}
          onKeyDown={(event) => {
            const name = others[0] ?? attributeIn(sought);
            if (event.key !== 'Enter' || name === undefined) return;
            set([...columns, { name }]);
            setSought('');
          }}
        />
        <ul className="chooser-others">
          {others.slice(0, SHOWN).map((name) => (
            <li key={name}>
              <button type="button" onClick={() => set([...columns, { name }])}>
                + {titleOf(name)}
              </button>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A producer's own field, which no list knows. */
const attributeIn = (text: string): string | undefined => /^attributes\.[\w.-]+$/.exec(text.trim())?.[0];
