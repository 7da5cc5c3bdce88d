import '../../styles/map.css';
import '../../styles/policies.css';
import { useMemo, useRef, useState } from 'react';
import { ProblemError } from '../../api/client';
import { text } from '../../event/event';
import { QueryBar } from '../../explore/bar/QueryBar';
import { RangePicker } from '../../explore/time/RangePicker';
import { useKeys } from '../../frame/useKeys';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { OutcomeMark } from '../../parts/OutcomeMark';
import { Segmented } from '../../parts/Segmented';
import { visible } from '../../parts/Value';
import { type Navigate, type Own, toView, type View } from '../../state/view';
import { useZone } from '../../state/zone';
import { count, dateTime } from '../../time/format';
import { resolved, shifted, wider } from '../../time/range';
import { Change } from './Change';
import { windowOf } from './Effect';
import { InForceList, PolicyText } from './InForce';
import { objectName, Timeline } from './Timeline';
import { useChanges, useDenials, useInForce } from './usePolicies';

/** What was changed by whom, what it did to the traffic, and what was in force at any moment. */
export default function Policies({ view, navigate }: { view: View; navigate: Navigate }) {
  const { range, own } = view;
  const [asked, setAsked] = useState(0);
  const [rangeOpened, setRangeOpened] = useState(false);
  const queryInput = useRef<HTMLInputElement>(null);
  const [zone] = useZone();
  const find = own.find ?? '';
  const inForce = own.group === 'force';
  const changes = useChanges(inForce ? '' : find, range, asked);
  const denials = useDenials(range, asked);
  const force = useInForce(own.at);
  const problem = changes.error instanceof ProblemError ? changes.error : undefined;
  const found = useMemo(() => changes.data?.events ?? [], [changes.data]);
  const now = changes.dataUpdatedAt || Date.now();
  const { from: begin, to } = resolved(range, now);
  const oldest = Math.min(to - 60_000, ...found.map(({ event }) => Date.parse(text(event, 'time') ?? '') - 5000));
  const from = begin ?? oldest;

  const change = (some: Own, how: 'push' | 'replace' = 'push') => navigate({ own: { ...own, ...some } }, how);
  const addresses = inForce
    ? (force.data?.policies ?? []).map(({ address }) => address)
    : found.map(({ address }) => address);
  // What was first when one came stays open while newer changes arrive above it.
  const first = useRef<string>(undefined);
  if (first.current === undefined || !addresses.includes(first.current)) first.current = addresses[0];
  const picked = own.pick ?? first.current;
  const pick = (address: string) => change({ pick: address }, own.pick === undefined ? 'push' : 'replace');
  const step = (by: number) => {
    const next = addresses[Math.min(addresses.length - 1, Math.max(0, addresses.indexOf(picked ?? '') + by))];
    if (next !== undefined) pick(next);
  };
  useKeys({
    '/': () => queryInput.current?.focus(),
    t: () => setRangeOpened(true),
    '[': () => navigate({ range: shifted(range, -1) }),
    ']': () => navigate({ range: shifted(range, 1) }),
    z: () => navigate({ range: wider(range) }),
    j: () => step(1),
    k: () => step(-1),
    i: () => change({ group: inForce ? '' : 'force', pick: '' }),
    Escape: () => change({ pick: '', at: '' }),
  });
  const policy = inForce ? force.data?.policies.find(({ address }) => address === picked) : undefined;

  return (
    <div className="map-view">
      <div className="bar">
        <QueryBar
          ref={queryInput}
          q={find}
          range={range}
          problem={problem}
          submit={(next) => (next === find ? setAsked(asked + 1) : change({ find: next, pick: '' }))}
        />
        <RangePicker
          range={range}
          choose={(next) => navigate({ range: next })}
          opened={rangeOpened}
          setOpened={setRangeOpened}
        />
      </div>
      <AnswerNotes
        error={changes.error ?? denials.error}
        answers={[changes.data, denials.data]}
        also={
          changes.data?.next === undefined
            ? []
            : [`Only the newest ${count(found.length)} changes of the range are shown.`]
        }
        kept={changes.data !== undefined}
      />
      <Timeline
        changes={found}
        denials={denials.data?.buckets}
        from={from}
        to={to}
        picked={picked}
        pick={(address) => change({ pick: address, group: '' })}
        at={own.at}
        setAt={(at) => change({ at: at ?? '', group: 'force', pick: '' }, 'replace')}
      />
      <div className="policies-body">
        <aside className="policies-list" aria-label={inForce ? 'Policies in force' : 'Changes, newest first'}>
          <Segmented
            label="What is listed"
            value={inForce ? 'force' : 'changes'}
            options={[
              { value: 'changes', label: 'Changes' },
              { value: 'force', label: 'In force' },
            ]}
            choose={(value) => change({ group: value === 'force' ? 'force' : '', pick: '' })}
          />
          {inForce ? (
            <InForceList answer={force.data} error={force.error} picked={picked} pick={pick} find={find} />
          ) : (
            <ol className="changes">
              {found.map((element) => {
                const { event, address } = element;
                return (
                  <li key={address}>
                    <button type="button" aria-pressed={address === picked} onClick={() => pick(address)}>
                      <b>
                        <OutcomeMark
                          outcome={
                            event.outcome === 'changed' ? 'changed' : event.outcome === 'denied' ? 'denied' : 'failed'
                          }
                        />
                        {visible(text(event, 'change.verb') ?? 'change')} <bdi>{visible(objectName(element))}</bdi>
                      </b>
                      <span>{visible(text(event, 'object.kind') ?? '')}</span>
                      <i>
                        by {visible(text(event, 'user.id') ?? 'unknown')} at{' '}
                        {dateTime(text(event, 'time') ?? '', zone).slice(0, 19)}
                      </i>
                    </button>
                  </li>
                );
              })}
            </ol>
          )}
        </aside>
        <div className="policies-main">
          {!inForce && changes.isPending && changes.error === null && (
            <div className="skeleton effect-skeleton" role="status" aria-label="Reading the changes" />
          )}
          {!inForce && changes.data !== undefined && found.length === 0 && (
            <div className="empty">
              <h2>No policy changed in this range</h2>
              <p>
                Changes come from the Kubernetes audit webhook and from Consul's audit log. If they should be here, look
                whether the API server is among the sources.
              </p>
              <div className="empty-actions">
                <button
                  type="button"
                  className="control"
                  onClick={() => navigate({ range: { from: undefined, to: undefined } })}
                >
                  All time
                </button>
                <button type="button" className="control" onClick={() => navigate(toView('sources'))}>
                  Sources
                </button>
              </div>
            </div>
          )}
          {!inForce && picked !== undefined && (
            <Change
              key={picked}
              address={picked}
              window={windowOf(own.window)}
              setWindow={(window) => change({ window }, 'replace')}
              events={(q, wanted) => navigate({ ...toView('events'), q, range: wanted })}
              openEvent={(address) =>
                navigate({
                  ...toView('events'),
                  q: 'kind:policy_change',
                  range: { from: undefined, to: undefined },
                  event: address,
                })
              }
            />
          )}
          {policy !== undefined && (
            <PolicyText policy={policy} openChange={(address) => change({ group: '', pick: address })} />
          )}
        </div>
      </div>
    </div>
  );
}
