import '../../styles/map.css';
import '../../styles/ledgers.css';
import { useSources } from '../../api/queries';
import type { Schemas } from '../../event/event';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { Unknown, visible } from '../../parts/Value';
import { literal } from '../../query/edit';
import { type Navigate, toView } from '../../state/view';
import { useZone } from '../../state/zone';
import { ago, count, dateTime, nanoseconds } from '../../time/format';
import { byConcern, concerns, isSilent } from './silence';

type Source = Schemas['Source'];
const EVERYTHING = { from: undefined, to: undefined };

/** Who reports, how fresh, and what was refused or lost. */
export default function Sources({ navigate }: { navigate: Navigate }) {
  const { data, error, isPending, dataUpdatedAt } = useSources();
  const [zone] = useZone();
  const sources = byConcern(data?.sources ?? [], dataUpdatedAt);
  const concern = concerns(sources, dataUpdatedAt);
  const events = (q: string) => navigate({ ...toView('events'), q, range: EVERYTHING });
  return (
    <div className="page">
      <h1>Sources</h1>
      <p className="page-lead">
        Who reports to Meshtrail
        {data?.since !== undefined && `, counted since ${dateTime(data.since, zone).slice(0, 19)}`}. A loss that a proxy
        can count is shown, never hidden.
      </p>
      <AnswerNotes
        error={error}
        answers={[data]}
        also={concern === undefined ? [] : [concern]}
        kept={data !== undefined}
      />
      {isPending && error === null && <div className="skeleton ledger-skeleton" role="status" aria-label="Reading" />}
      {data !== undefined && sources.length === 0 && (
        <div className="empty">
          <h2>Nothing has reported since the start</h2>
          <p>Events that are older are in the ledger all the same. The first view shows how to connect a mesh.</p>
          <div className="empty-actions">
            <button type="button" className="control" onClick={() => events('')}>
              All events
            </button>
          </div>
        </div>
      )}
      {sources.length > 0 && (
        <div className="source-table">
          <table className="table">
            <thead>
              <tr>
                <th>Source</th>
                <th>Last seen</th>
                <th>Speaks</th>
                <th>Mesh</th>
                <th>Cluster</th>
                <th className="num">Received</th>
                <th className="num">Ignored</th>
                <th className="num">Rejected</th>
                <th className="num">Duplicate</th>
                <th className="num">Dropped</th>
                <th className="num">Gaps</th>
                <th className="num">Delay</th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <Row key={source.id} source={source} now={dataUpdatedAt} events={events} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Row({ source, now, events }: { source: Source; now: number; events: (q: string) => void }) {
  const [zone] = useZone();
  const silent = isSilent(source, now);
  const producer = `producer.id:${literal(source.id)}`;
  return (
    <tr>
      <td>
        <button type="button" className="link" onClick={() => events(producer)}>
          <bdi>{visible(source.id)}</bdi>
        </button>
        {source.lastRejection !== undefined && (
          <i className="rejection" title={source.lastRejection.sample && visible(source.lastRejection.sample)}>
            last rejected {ago(source.lastRejection.time, now)}: {visible(source.lastRejection.reason)}
            {source.lastRejection.sample !== undefined && (
              <code> {visible(source.lastRejection.sample.slice(0, 120))}</code>
            )}
          </i>
        )}
      </td>
      <td title={dateTime(source.lastSeen, zone)} data-lag={silent || undefined}>
        {ago(source.lastSeen, now)}
        {silent && <i>silent</i>}
      </td>
      <td>{source.format === undefined ? <Unknown /> : visible(source.format)}</td>
      <td>{source.mesh ?? <Unknown />}</td>
      <td>{source.cluster === undefined ? <Unknown /> : visible(source.cluster)}</td>
      <td className="num">{count(source.received)}</td>
      <Counted value={source.ignored} />
      <Counted value={source.rejected} bad />
      <Counted value={source.duplicate} />
      <Counted value={source.dropped} bad />
      <td className="num" data-lag={(source.gaps ?? 0) > 0 || undefined}>
        {(source.gaps ?? 0) > 0 ? (
          <button type="button" className="link" onClick={() => events(`kind:gap ${producer}`)}>
            {count(source.gaps ?? 0)}
          </button>
        ) : source.gaps === undefined ? (
          <Unknown />
        ) : (
          count(source.gaps)
        )}
      </td>
      <td className="num" title="Median time from the event to its arrival; below zero, its clock is ahead of ours">
        {source.skew === undefined ? <Unknown /> : nanoseconds(source.skew)}
        {(source.skew ?? 0) < 0 && <i>clock ahead</i>}
      </td>
    </tr>
  );
}

function Counted({ value, bad = false }: { value: number | undefined; bad?: boolean }) {
  return (
    <td className="num" data-lag={(bad && value !== undefined && value > 0) || undefined}>
      {value === undefined ? <Unknown /> : count(value)}
    </td>
  );
}
