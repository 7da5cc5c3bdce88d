import '../../styles/trace.css';
import { useCallback } from 'react';
import { Detail } from '../../detail/Detail';
import type { Pivot } from '../../explore/pivot';
import { useKeys } from '../../frame/useKeys';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { CopyButton } from '../../parts/CopyButton';
import { visible } from '../../parts/Value';
import { exclude, include, literal, only } from '../../query/edit';
import { type Navigate, toView, type View } from '../../state/view';
import { useZone } from '../../state/zone';
import { count, dateTime, nanoseconds } from '../../time/format';
import { reportsOf, storyOf } from './hops';
import { TraceStart } from './TraceStart';
import { useTrace } from './useTrace';
import { Waterfall } from './Waterfall';

const EVERYTHING = { from: undefined, to: undefined };

/** One request over all services and clusters: who called whom, what was decided at each step, and what is missing. */
export default function Trace({ view, navigate }: { view: View; navigate: Navigate }) {
  const id = view.own.id ?? '';
  const { data, error, isPending } = useTrace(id);
  const [zone] = useZone();
  const story = storyOf(data?.events ?? []);
  const order = [...story.hops.flatMap(reportsOf), ...story.others].map(({ element }) => element.address);
  const open = (address: string) => navigate({ event: address }, view.event === undefined ? 'push' : 'replace');
  const step = (by: number) => {
    const next = order[Math.min(order.length - 1, Math.max(0, order.indexOf(view.event ?? '') + by))];
    if (next !== undefined) open(next);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Escape: () => navigate({ event: undefined }),
  });
  const pivot = useCallback<Pivot>(
    (how, field, value) => {
      const q = { include, exclude, only }[how]('', field, value);
      navigate({ ...toView('events'), q, range: EVERYTHING });
    },
    [navigate],
  );
  if (id === '') return <TraceStart go={(to) => navigate({ ...toView('trace'), own: { id: to } })} />;

  const all = [...story.hops.flatMap(reportsOf), ...story.others];
  const clusters = [...new Set(all.map(({ element }) => element.event.cluster).filter(Boolean))];
  const bad = all.filter(({ element }) => element.event.outcome === 'denied' || element.event.outcome === 'failed');
  const absent = story.hops.flatMap(({ missing }) => Object.values(missing)).length;
  return (
    <div className="trace-view">
      <div className="trace-main">
        <header className="trace-head">
          <h1>
            Trace <code>{visible(id)}</code> <CopyButton text={id} label="Copy the id" />
          </h1>
          {all.length > 0 && (
            <p>
              {count(all.length)} reports of {count(story.hops.length)} calls over {count(Math.max(1, clusters.length))}{' '}
              {clusters.length === 1 ? 'cluster' : 'clusters'} (
              {clusters.map((name) => visible(String(name))).join(', ')}
              ), {nanoseconds(story.nanos)} from {dateTime(story.start, zone)}.{' '}
              {bad.length === 0 ? 'Nothing was denied or failed.' : <b>{count(bad.length)} say denied or failed.</b>}{' '}
              {absent > 0 && `${count(absent)} sides did not report.`}
            </p>
          )}
          <button
            type="button"
            className="link"
            onClick={() =>
              navigate({
                ...toView('events'),
                q: `trace.id:${literal(id)} OR request.id:${literal(id)}`,
                range: EVERYTHING,
              })
            }
          >
            As a list of events
          </button>
        </header>
        <AnswerNotes error={error} answers={[data]} kept={data !== undefined} />
        {isPending && error === null && <div className="trace-skeleton skeleton" role="status" aria-label="Reading" />}
        {data !== undefined && all.length === 0 && (
          <div className="empty">
            <h2>No event carries this id</h2>
            <p>
              It may be a trace that no proxy logged, one that was pruned, or one still on its way. Proxies tell it
              where the access log has <code>%TRACE_ID%</code> or the header <code>traceparent</code> or{' '}
              <code>x-request-id</code>.
            </p>
            <div className="empty-actions">
              <button type="button" className="control" onClick={() => navigate({ ...toView('trace') })}>
                Choose another trace
              </button>
            </div>
          </div>
        )}
        {all.length > 0 && <Waterfall story={story} chosen={view.event} open={open} />}
      </div>
      {view.event !== undefined && (
        <Detail
          address={view.event}
          tab={view.tab}
          close={() => navigate({ event: undefined })}
          step={step}
          pivot={pivot}
          navigate={navigate}
        />
      )}
    </div>
  );
}
