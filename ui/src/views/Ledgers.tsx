import { useLedgers } from '../api/queries';
import { CopyButton } from '../parts/CopyButton';
import { Unknown } from '../parts/Value';
import { useZone } from '../state/zone';
import { ago, count, dateTime } from '../time/format';

/** The ledgers, each with its size, its root and how far it lags. */
export default function Ledgers() {
  const { data, error, dataUpdatedAt } = useLedgers();
  const [zone] = useZone();
  return (
    <div className="page">
      <h1>Ledgers</h1>
      <p className="page-lead">
        Each is an append-only Merkle tree. A checkpoint is its size and root, signed; whoever remembers one can tell
        whether anything before it was ever changed.
      </p>
      {error !== null && <p className="banner banner-bad">{error.message}</p>}
      <table className="table">
        <thead>
          <tr>
            <th>Ledger</th>
            <th className="num">Size</th>
            <th>Root</th>
            <th>Checkpoint</th>
            <th className="num">Not published</th>
            <th className="num">Not searchable</th>
            <th className="num">Sealed</th>
            <th className="num">Pruned below</th>
            <th>Kept</th>
            <th>Witnesses</th>
            <th>Key</th>
          </tr>
        </thead>
        <tbody>
          {data?.ledgers.map((ledger) => (
            <tr key={ledger.name}>
              <td>
                <b>{ledger.name}</b>
                <i>{ledger.origin}</i>
              </td>
              <td className="num">{count(ledger.size)}</td>
              <td>
                <span className="copyable">
                  <code title={ledger.root}>{ledger.root.slice(0, 14)}…</code>
                  <CopyButton text={ledger.root} label="Copy the root" />
                </span>
              </td>
              <td title={ledger.checkpointTime && dateTime(ledger.checkpointTime, zone)}>
                {ledger.checkpointTime === undefined ? <Unknown /> : ago(ledger.checkpointTime, dataUpdatedAt)}
                <a href={`/ledger/${ledger.name}/checkpoint`}>note</a>
              </td>
              <td className="num" data-lag={ledger.lags.published > 0 || undefined}>
                {count(ledger.lags.published)}
              </td>
              <td className="num" data-lag={ledger.lags.searchable > 0 || undefined}>
                {count(ledger.lags.searchable)}
              </td>
              <td className="num">{ledger.sealed === undefined ? <Unknown /> : count(ledger.sealed)}</td>
              <td className="num">{ledger.minimum === undefined ? <Unknown /> : count(ledger.minimum)}</td>
              <td>{ledger.retention ?? <Unknown />}</td>
              <td>
                {ledger.witnesses === undefined || ledger.witnesses.length === 0
                  ? 'none'
                  : ledger.witnesses.map((w) => w.name).join(', ')}
              </td>
              <td>
                {ledger.key === undefined ? (
                  <Unknown />
                ) : (
                  <span className="copyable">
                    <code title={ledger.key}>
                      {ledger.key.slice(ledger.key.indexOf('+') + 1, ledger.key.indexOf('+') + 9)}
                    </code>
                    <CopyButton text={ledger.key} label="Copy the verifier key" />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="page-note">
        Check everything, without this server: <code>meshtrail verify --url {window.location.origin} --key VKEY</code>
      </p>
    </div>
  );
}
