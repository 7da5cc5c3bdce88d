import { Popover } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { EventDetail } from '../event/event';
import { text } from '../event/event';
import { explain } from '../event/reasons';
import { sentence } from '../event/sentence';
import { copy } from '../parts/CopyButton';
import { literal } from '../query/edit';
import { permalink } from '../state/view';

/** The event in the forms in which people pass it on. */
export function CopyMenu({ detail }: { detail: EventDetail }) {
  const [opened, setOpened] = useState(false);
  const [copied, setCopied] = useState<string>();
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button type="button" className="chip" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconCopy size={13} aria-hidden="true" /> Copy
        </button>
      </Popover.Target>
      <Popover.Dropdown className="menu">
        {forms(detail).map(([label, words]) => (
          <button
            type="button"
            key={label}
            onClick={async () => {
              await copy(words);
              setCopied(label);
              setTimeout(() => {
                setCopied(undefined);
                setOpened(false);
              }, 700);
            }}
          >
            {copied === label ? 'Copied' : label}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

/** What of an event tells it from others of its kind: the same thing happening again is found by it. */
const TELLING = ['kind', 'outcome', 'reason', 'source.identity', 'destination.service', 'policy.name', 'object.name'];

export function forms(detail: EventDetail, origin = window.location.origin): readonly (readonly [string, string])[] {
  const { address, event } = detail;
  const link = `${origin}${permalink(address)}`;
  const query = TELLING.flatMap((field) => {
    const value = text(event, field);
    return value === undefined ? [] : [`${field}:${literal(value)}`];
  }).join(' ');
  const quoted = `'${query.replaceAll("'", "'\\''")}'`;
  const words = `${text(event, 'time') ?? 'unknown time'} ${sentence(event)}`;
  return [
    ['Link', link],
    ['Sentence', `${words}\n${explain(event)}\n${link}`],
    ['JSON', JSON.stringify(event, null, 2)],
    ['Markdown', `**${words.replaceAll('*', '\\*')}**  \n${explain(event)}  \n[${address}](${link})`],
    ['Query for more like it', query],
    ['curl', `curl -s '${origin}/api/events/${address}'`],
    ['Command line', `meshtrail search ${quoted} --server ${origin}`],
    ['Proof command', `meshtrail prove ${address} --server ${origin} > ${address.replace('/', '-')}.tlog-proof`],
  ];
}
