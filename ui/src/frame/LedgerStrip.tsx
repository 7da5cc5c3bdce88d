import { useLedgers } from '../api/queries';
import { count } from '../time/format';

/** The state of the ledgers in one line at the foot of every view. */
export function LedgerStrip({ open }: { open: () => void }) {
  const { data, isError } = useLedgers();
  return (
    <footer className="strip">
      {isError && <span className="strip-bad">Ledgers cannot be read</span>}
      {data?.ledgers.map((ledger) => (
        <button type="button" key={ledger.name} className="strip-ledger" onClick={open} title={`Root ${ledger.root}`}>
          <b>{ledger.name}</b>
          <span>{count(ledger.size)}</span>
          <code>{ledger.root.slice(0, 8)}</code>
          {ledger.lags.published > 0 && <i>+{count(ledger.lags.published)}</i>}
        </button>
      ))}
      <span className="grow" />
      <span>size and root of the last signed checkpoint · + not yet under it</span>
    </footer>
  );
}
