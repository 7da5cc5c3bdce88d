import { useSources } from '../api/queries';
import { Unknown, visible } from '../parts/Value';
import { literal } from '../query/edit';
import type { Navigate } from '../state/view';
import { useZone } from '../state/zone';
import { ago, count, dateTime, nanoseconds } from '../time/format';

/** Who reports, how fresh, and what was refused or lost. */
export default function Sources({ navigate }: { navigate: Navigate }) {
  const { data, error, dataUpdatedAt } = useSources();
  const [zone] = useZone();
  return (
    <div className="page">
      <h1>Sources</h1>
      <p className="page-lead">
        Who reports to Meshtrail
        {data?.since !== undefined && `, counted since ${dateTime(data.since, zone).slice(0, 19)}`}. A loss that a proxy
        can count is shown, never hidden.
      </p>
      {error !== null && <p className="banner banner-bad">{error.message}</p>}
      {data !== undefined && data.sources.length === 0 && <p className="page-note">Nothing has reported yet.</p>}
      <table className="table">
        <thead>
          <tr>
            <th>Source</th>
            <th>Speaks</th>
            <th>Mesh</th>
            <th>Cluster</th>
            <th className="num">Received</th>
            <th className="num">Ignored</th>
            <th className="num">Rejected</th>
            <th className="num">Duplicate</th>
            <th className="num">Dropped</th>
            <th className="num">Gaps</th>
            <th className="num">Skew</th>
            <th>Last seen</th>
          </tr>
        </thead>
        <tbody>
          {data?.sources.map((source) => (
            <tr key={source.id}>
              <td>
                <button
                  type="button"
                  className="link"
                  onClick={() => navigate({ view: 'events', q: `producer.id:${literal(source.id)}` })}
                >
                  <bdi>{visible(source.id)}</bdi>
                </button>
                {source.lastRejection !== undefined && (
                  <i className="rejection" title={source.lastRejection.sample}>
                    last rejected {ago(source.lastRejection.time, dataUpdatedAt)}:{' '}
                    {visible(source.lastRejection.reason)}
                  </i>
                )}
              </td>
              <td>{source.format ?? <Unknown />}</td>
              <td>{source.mesh ?? <Unknown />}</td>
              <td>{source.cluster ?? <Unknown />}</td>
              <td className="num">{count(source.received)}</td>
              <Counted value={source.ignored} />
              <Counted value={source.rejected} bad />
              <Counted value={source.duplicate} />
              <Counted value={source.dropped} bad />
              <Counted value={source.gaps} bad />
              <td className="num">{source.skew === undefined ? <Unknown /> : nanoseconds(source.skew)}</td>
              <td title={dateTime(source.lastSeen, zone)}>{ago(source.lastSeen, dataUpdatedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Counted({ value, bad = false }: { value: number | undefined; bad?: boolean }) {
  return (
    <td className="num" data-lag={(bad && value !== undefined && value > 0) || undefined}>
      {value === undefined ? <Unknown /> : count(value)}
    </td>
  );
}
