import { useState } from 'react';
import { type MeshEvent, text } from '../../event/event';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { count, dateTime } from '../../time/format';
import { useActs } from './useRecord';

const FEW = 12;

/** What was done to the ledgers, from `root`: openings, seals, merges, prunes, holds, recoveries, key changes, anchors. */
export function Acts({ ledger, openEvent }: { ledger: string; openEvent: (address: string) => void }) {
  const { data, error } = useActs();
  const [zone] = useZone();
  const [all, setAll] = useState(false);
  const acts = (data?.events ?? []).filter(({ event }) => {
    const about = text(event, 'attributes.ledger');
    return about === undefined || about === ledger;
  });
  return (
    <section className="ledger-acts" aria-label="Acts on record">
      <h3>On record in root about {ledger}</h3>
      <AnswerNotes error={error} answers={[data]} />
      {data !== undefined && acts.length === 0 && <p className="top-none">Nothing yet.</p>}
      {acts.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Time</th>
              <th>Act</th>
              <th>What</th>
              <th>Entry</th>
            </tr>
          </thead>
          <tbody>
            {acts.slice(0, all ? acts.length : FEW).map(({ event, address }) => (
              <tr key={address}>
                <td>{dateTime(text(event, 'time') ?? '', zone).slice(0, 19)}</td>
                <td>
                  <b>{visible(text(event, 'action') ?? 'unknown')}</b>
                </td>
                <td className="ledger-words">{words(event)}</td>
                <td>
                  <button type="button" className="link" onClick={() => openEvent(address)}>
                    {address}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {acts.length > FEW && (
        <button type="button" className="link" onClick={() => setAll(!all)}>
          {all ? 'fewer' : `all ${count(acts.length)}`}
        </button>
      )}
    </section>
  );
}

/** Long values are in the entry itself; here the few that tell most. */
const TOLD = [
  'from',
  'to',
  'epoch',
  'size',
  'here',
  'term',
  'case',
  'by',
  'anchor',
  'mode',
  'why',
  'reason',
  'file',
  'version',
];

function words(event: MeshEvent): string {
  const detail = text(event, 'detail');
  const told = TOLD.flatMap((name) => {
    const value = text(event, `attributes.${name}`);
    return value === undefined ? [] : [`${name} ${value.slice(0, 80)}`];
  });
  return visible([detail, ...told].filter(Boolean).join(' · ').slice(0, 300));
}
