import { IconCheck, IconX } from '@tabler/icons-react';
import { useLedgers } from '../api/queries';
import { cosigned, type Note, parseWitnessKey } from '../proof/note';
import { useZone } from '../state/zone';
import { dateTime } from '../time/format';

/** Who besides the ledger signed the checkpoint, each cosignature checked here with the witness's key. */
export function Witnesses({ ledger, note }: { ledger: string; note: Note }) {
  const [zone] = useZone();
  const witnesses = useLedgers().data?.ledgers.find(({ name }) => name === ledger)?.witnesses ?? [];
  if (witnesses.length === 0) {
    return <p className="proof-note">No witness is configured: only the ledger's own key signed this checkpoint.</p>;
  }
  return (
    <ul className="witnesses" aria-label="Witnesses">
      {witnesses.map(({ name, key }) => {
        const parsed = parseWitnessKey(key ?? '');
        const time = typeof parsed === 'string' ? parsed : cosigned(note, parsed);
        const ok = typeof time === 'number';
        return (
          <li key={name} data-ok={ok}>
            {ok ? <IconCheck size={13} stroke={3} /> : <IconX size={13} stroke={3} />}
            <b>{name}</b>{' '}
            {ok
              ? `cosigned at ${dateTime(new Date(time * 1000).toISOString(), zone).slice(0, 19)}, checked here`
              : (time ?? 'has not cosigned this checkpoint yet')}
          </li>
        );
      })}
    </ul>
  );
}
