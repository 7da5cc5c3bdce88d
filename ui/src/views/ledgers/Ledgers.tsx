import '../../styles/map.css';
import '../../styles/ledgers.css';
import { useLedgers } from '../../api/queries';
import { useKeys } from '../../frame/useKeys';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { visible } from '../../parts/Value';
import { type Navigate, toView, type View } from '../../state/view';
import { Acts } from './Acts';
import { Anchors } from './Anchors';
import { Holds } from './Holds';
import { LedgerDetail } from './LedgerDetail';
import { LedgerTable } from './LedgerTable';

/** The ledgers: how they stand, what was done to them, and how to check all of it without believing this page. */
export default function Ledgers({ view, navigate }: { view: View; navigate: Navigate }) {
  const { data, error, isPending, dataUpdatedAt } = useLedgers();
  const ledgers = data?.ledgers ?? [];
  const picked = ledgers.find(({ name }) => name === view.own.pick) ?? ledgers[0];
  const pick = (name: string) => navigate({ own: { ...view.own, pick: name } }, 'replace');
  const step = (by: number) => {
    const next =
      ledgers[Math.min(ledgers.length - 1, Math.max(0, (picked === undefined ? 0 : ledgers.indexOf(picked)) + by))];
    if (next !== undefined) pick(next.name);
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  const openEvent = (event: string) =>
    navigate({ ...toView('events'), q: 'ledger:root', range: { from: undefined, to: undefined }, event });
  return (
    <div className="page">
      <h1>Ledgers</h1>
      <p className="page-lead">
        Each is an append-only Merkle tree. A checkpoint is its size and root, signed; whoever remembers one can tell
        whether anything before it was ever changed.
      </p>
      <AnswerNotes error={error} answers={[data]} kept={data !== undefined} />
      {data?.upkeep?.findings.map((words) => (
        <p className="banner banner-bad" key={words} role="alert">
          <b>Damaged:</b> {visible(words)}
        </p>
      ))}
      {data?.upkeep?.troubles.map((words) => (
        <p className="banner banner-warn" key={words}>
          <b>Does not get on, and tries again:</b> {visible(words)}
        </p>
      ))}
      {isPending && error === null && <div className="skeleton ledger-skeleton" role="status" aria-label="Reading" />}
      {ledgers.length > 0 && <LedgerTable ledgers={ledgers} picked={picked?.name} pick={pick} now={dataUpdatedAt} />}
      {picked !== undefined && (
        <>
          <LedgerDetail ledger={picked} now={dataUpdatedAt} />
          <Acts key={picked.name} ledger={picked.name} openEvent={openEvent} />
        </>
      )}
      {data !== undefined && (
        <div className="ledger-columns">
          <Anchors anchors={data.anchors ?? []} now={dataUpdatedAt} />
          <Holds openEvent={openEvent} />
        </div>
      )}
    </div>
  );
}
