import { ActionIcon } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type FieldValue, type MeshEvent, text } from '../event/event';
import { groupsOf } from '../event/fields';
import type { Pivot } from '../explore/pivot';
import { CopyButton } from '../parts/CopyButton';
import { Unknown, Value } from '../parts/Value';
import { useZone } from '../state/zone';
import { dateTime, nanoseconds } from '../time/format';

/** Named although absent: a reader asks for them, and "not told" is an answer. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  request: ['source.identity', 'destination.service', 'policy.name', 'trace.id'],
  connection: ['source.identity', 'destination.service', 'policy.name'],
  token: ['source.identity', 'user.id'],
  handshake: ['source.identity', 'tls.failure'],
  policy_change: ['user.id', 'object.name', 'change.summary'],
};

/** Every field of the event in groups, each value with its pivots. */
export function Fields({ event, pivot, brief = false }: { event: MeshEvent; pivot: Pivot; brief?: boolean }) {
  const [filter, setFilter] = useState('');
  const names = new Set([...Object.keys(event), ...(ALWAYS[text(event, 'kind') ?? ''] ?? [])]);
  const wanted = [...names].filter(
    (name) => name.includes(filter) || (text(event, name) ?? '').toLowerCase().includes(filter.toLowerCase()),
  );
  return (
    <div className={brief ? 'fields fields-brief' : 'fields'}>
      {!brief && (
        <input
          className="fields-filter"
          placeholder="Find in these fields"
          aria-label="Find in these fields"
          value={filter}
          onChange={(change) => setFilter(change.target.value)}
        />
      )}
      {groupsOf(wanted).map(({ title, fields }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {fields.map((field) => (
              <div key={field} className="field">
                <dt>{field}</dt>
                <dd>
                  {event[field] === undefined ? (
                    <Unknown why="Nothing told it" />
                  ) : (
                    values(event[field]).map((value) => (
                      <OneValue key={value} field={field} value={value} pivot={pivot} />
                    ))
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function OneValue({ field, value, pivot }: { field: string; value: string; pivot: Pivot }) {
  const [zone] = useZone();
  return (
    <div className="field-value">
      <span>
        <Value text={value} />
        {(field === 'time' || field === 'received') && <i>{dateTime(value, zone)}</i>}
        {field === 'duration' && <i>{nanoseconds(Number(value))}</i>}
      </span>
      <span className="field-actions">
        <ActionIcon
          size="xs"
          variant="subtle"
          color="gray"
          aria-label={`Only with this ${field}`}
          onClick={() => pivot('include', field, value)}
        >
          <IconPlus size={13} />
        </ActionIcon>
        <ActionIcon
          size="xs"
          variant="subtle"
          color="gray"
          aria-label={`Without this ${field}`}
          onClick={() => pivot('exclude', field, value)}
        >
          <IconMinus size={13} />
        </ActionIcon>
        <CopyButton text={value} label={`Copy ${field}`} />
      </span>
    </div>
  );
}

const values = (value: FieldValue | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
