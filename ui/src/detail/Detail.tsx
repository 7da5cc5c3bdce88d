import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconLink, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { ProblemError } from '../api/client';
import { useEvent } from '../api/queries';
import { outcomeOf, text } from '../event/event';
import { what, who, whom } from '../event/sentence';
import type { Pivot } from '../explore/pivot';
import { copy } from '../parts/CopyButton';
import { OutcomeWord } from '../parts/OutcomeMark';
import { Unknown, visible } from '../parts/Value';
import { type Navigate, permalink, type Tab } from '../state/view';
import { Chain } from './Chain';
import { CopyMenu } from './CopyMenu';
import { Fields } from './Fields';
import { ProofPanel } from './ProofPanel';
import { Raw } from './Raw';
import { Stages } from './Stages';
import { Story } from './Story';
import { Times } from './Times';

const TABS: readonly { name: Tab; label: string }[] = [
  { name: 'event', label: 'Event' },
  { name: 'proof', label: 'Proof' },
  { name: 'raw', label: 'Raw' },
];

interface Props {
  readonly address: string;
  readonly tab: Tab;
  readonly close: () => void;
  readonly step: (by: number) => void;
  readonly pivot: Pivot;
  readonly navigate: Navigate;
}

/** One event, whole: what happened and why, every field, and the proof that it has not been changed since. */
export function Detail({ address, tab, close, step, pivot, navigate }: Props) {
  const { data, error } = useEvent(address);
  const drawer = useRef<HTMLElement>(null);
  // Opened by a key, the next Tab is inside; closed, the keyboard is back at the rows.
  useEffect(() => {
    drawer.current?.focus({ preventScroll: true });
    return () => document.querySelector<HTMLElement>('.list-body')?.focus({ preventScroll: true });
  }, []);
  const event = data?.event;
  return (
    <aside ref={drawer} tabIndex={-1} className="detail" aria-label={`Event ${address}`}>
      <header className="detail-head">
        <code>{address}</code>
        <Tooltip label="Copy the permanent link (y)">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label="Copy the permanent link"
            onClick={() => copy(window.location.origin + permalink(address))}
          >
            <IconLink size={15} />
          </ActionIcon>
        </Tooltip>
        <span className="grow" />
        {data !== undefined && <CopyMenu detail={data} />}
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
          {error instanceof ProblemError && error.problem.prune !== undefined && (
            <button type="button" className="link" onClick={() => navigate({ event: error.problem.prune })}>
              {error.problem.prune} recorded it
            </button>
          )}
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
            <p className="detail-what">
              <bdi>{visible((what(event) ?? '').slice(0, 160))}</bdi>
              {text(event, 'http.status') !== undefined && <span> · {text(event, 'http.status')}</span>}
            </p>
            <Times event={event} />
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
                onClick={() => navigate({ tab: name }, 'replace')}
              >
                {label}
              </button>
            ))}
          </div>
          <div className="detail-body" role="tabpanel">
            {tab === 'event' && (
              <>
                <Chain detail={data} navigate={navigate} />
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
