import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { ProblemError } from '../api/client';
import { useEvent } from '../api/queries';
import { outcomeOf, text } from '../event/event';
import { what, who, whom } from '../event/sentence';
import type { Pivot } from '../explore/pivot';
import { CopyButton } from '../parts/CopyButton';
import { OutcomeWord } from '../parts/OutcomeMark';
import { Unknown, visible } from '../parts/Value';
import type { Navigate } from '../state/view';
import { Fields } from './Fields';
import { ProofPanel } from './ProofPanel';
import { Raw } from './Raw';
import { Stages } from './Stages';
import { Story } from './Story';

type Tab = 'event' | 'proof' | 'raw';
const TABS: readonly { name: Tab; label: string }[] = [
  { name: 'event', label: 'Event' },
  { name: 'proof', label: 'Proof' },
  { name: 'raw', label: 'Raw' },
];

interface Props {
  readonly address: string;
  readonly close: () => void;
  readonly step: (by: number) => void;
  readonly pivot: Pivot;
  readonly navigate: Navigate;
}

/** One event, whole: what happened and why, every field, and the proof that it has not been changed since. */
export function Detail({ address, close, step, pivot, navigate }: Props) {
  const { data, error } = useEvent(address);
  const [tab, setTab] = useState<Tab>('event');
  const event = data?.event;
  return (
    <aside className="detail" aria-label={`Event ${address}`}>
      <header className="detail-head">
        <code>{address}</code>
        <CopyButton text={`${window.location.origin}/?from=all&event=${address}`} label="Copy a link to this event" />
        <span className="grow" />
        <Tooltip label="Newer (k)">
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Newer event" onClick={() => step(-1)}>
            <IconChevronUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Older (j)">
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Older event" onClick={() => step(1)}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Close (Esc)">
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Close" onClick={close}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      {error !== null && (
        <p className="banner banner-bad detail-error">
          {error instanceof ProblemError && error.problem.status === 410 ? 'Pruned: ' : ''}
          {error.message}
        </p>
      )}
      {data !== undefined && event !== undefined && (
        <>
          <div className="detail-title">
            <OutcomeWord outcome={outcomeOf(event)} />
            <h2>
              <bdi>{visible(who(event) ?? '') || <Unknown />}</bdi> <i>→</i>{' '}
              <bdi>{visible(whom(event) ?? '') || <Unknown />}</bdi>
            </h2>
            <p>
              <bdi>{visible((what(event) ?? '').slice(0, 160))}</bdi>
              {text(event, 'http.status') !== undefined && <span> · {text(event, 'http.status')}</span>}
            </p>
          </div>
          <Stages stage={data.stage} />
          <div className="detail-tabs" role="tablist">
            {TABS.map(({ name, label }) => (
              <button
                type="button"
                role="tab"
                key={name}
                className="tab"
                aria-selected={tab === name}
                onClick={() => setTab(name)}
              >
                {label}
              </button>
            ))}
          </div>
          <div className="detail-body" role="tabpanel">
            {tab === 'event' && (
              <>
                <Story detail={data} navigate={navigate} />
                <Fields event={event} pivot={pivot} />
              </>
            )}
            {tab === 'proof' && <ProofPanel key={address} detail={data} />}
            {tab === 'raw' && <Raw detail={data} />}
          </div>
        </>
      )}
    </aside>
  );
}
