import type { Schemas } from '../../event/event';
import { Unknown } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { ago, count, dateTime } from '../../time/format';

type Ledger = Schemas['Ledger'];

interface Props {
  readonly ledgers: readonly Ledger[];
  readonly picked: string | undefined;
  readonly pick: (name: string) => void;
  readonly now: number;
}

/** One row for each ledger: how large, how fresh, how far the rest of the work has come. */
export function LedgerTable({ ledgers, picked, pick, now }: Props) {
  const [zone] = useZone();
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Ledger</th>
          <th className="num">Entries</th>
          <th>Root</th>
          <th>Checkpoint</th>
          <th className="num">Not published</th>
          <th className="num">Not searchable</th>
          <th className="num">Sealed</th>
          <th>Kept</th>
          <th className="num">Holds</th>
          <th>Witnesses</th>
          <th>Read again</th>
        </tr>
      </thead>
      <tbody>
        {ledgers.map((ledger) => (
          <tr key={ledger.name} data-chosen={ledger.name === picked || undefined}>
            <td>
              <button
                type="button"
                className="link"
                aria-pressed={ledger.name === picked}
                onClick={() => pick(ledger.name)}
              >
                <b>{ledger.name}</b>
              </button>
            </td>
            <td className="num">{count(ledger.size)}</td>
            <td>
              <code title={ledger.root}>{ledger.root.slice(0, 10)}…</code>
            </td>
            <td title={ledger.checkpointTime && dateTime(ledger.checkpointTime, zone)}>
              {ledger.checkpointTime === undefined ? <Unknown /> : ago(ledger.checkpointTime, now)}
            </td>
            <td className="num" data-lag={ledger.lags.published > 0 || undefined}>
              {count(ledger.lags.published)}
            </td>
            <td className="num" data-lag={ledger.lags.searchable > 0 || undefined}>
              {count(ledger.lags.searchable)}
            </td>
            <td className="num" title={ledger.sealed === undefined ? undefined : `${count(ledger.sealed)} entries`}>
              {ledger.sealed === undefined ? <Unknown /> : share(ledger.sealed, ledger.size)}
            </td>
            <td>{ledger.retention ?? <Unknown />}</td>
            <td className="num">{ledger.holds === undefined ? <Unknown /> : count(ledger.holds)}</td>
            <td>
              <Witnesses ledger={ledger} />
            </td>
            <td title={ledger.verifiedTime && dateTime(ledger.verifiedTime, zone)}>
              {ledger.verifiedTime === undefined ? 'not since the start' : ago(ledger.verifiedTime, now)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`);

function Witnesses({ ledger }: { ledger: Ledger }) {
  const all = ledger.witnesses ?? [];
  if (all.length === 0) return 'none';
  const trouble = all.filter((witness) => witness.trouble !== undefined).length;
  const behind = ledger.size - (ledger.witnessed ?? 0);
  return (
    <span data-lag={trouble > 0 || behind > 0 || undefined}>
      {all.length} {behind > 0 ? `· ${count(behind)} behind` : '· up to date'}
      {trouble > 0 && ` · ${trouble} in trouble`}
    </span>
  );
}
