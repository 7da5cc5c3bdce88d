import type { Schemas } from '../../event/event';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { dateTime } from '../../time/format';
import { useHolds } from './useRecord';

/** Legal holds in force: what is kept beyond its term, for which case. */
export function Holds({ openEvent }: { openEvent: (address: string) => void }) {
  const { data, error } = useHolds();
  const [zone] = useZone();
  return (
    <section aria-label="Legal holds">
      <h2>Legal holds</h2>
      <AnswerNotes error={error} answers={[]} />
      {data?.holds.length === 0 && (
        <p className="top-none">
          None. <code>meshtrail holds add</code> keeps what a case needs beyond its term, on record in root.
        </p>
      )}
      {(data?.holds.length ?? 0) > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Case</th>
              <th>By</th>
              <th>Keeps</th>
              <th>Since</th>
              <th>Entry</th>
            </tr>
          </thead>
          <tbody>
            {data?.holds.map((hold) => (
              <tr key={hold.id}>
                <td>
                  <b>{visible(hold.case)}</b>
                  <i>{hold.id}</i>
                </td>
                <td>{visible(hold.by)}</td>
                <td className="ledger-words">{kept(hold)}</td>
                <td>{dateTime(hold.placed, zone).slice(0, 19)}</td>
                <td>
                  <button type="button" className="link" onClick={() => openEvent(hold.address)}>
                    {hold.address}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data !== undefined && data.holds.length > 0 && !data.liftable && (
        <p className="top-none">They cannot be lifted: fewer than two approvers are configured.</p>
      )}
    </section>
  );
}

function kept({ ledger, from, to, query }: Schemas['Hold']): string {
  const range =
    from === undefined && to === undefined
      ? 'everything'
      : `entries ${from ?? 0} to ${to === undefined ? 'the end' : to - 1}`;
  return visible(`${range} of ${ledger ?? 'every ledger'}${query === undefined ? '' : ` that fits ${query}`}`);
}
