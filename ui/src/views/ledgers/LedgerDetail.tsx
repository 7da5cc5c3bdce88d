import type { Schemas } from '../../event/event';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { CopyButton } from '../../parts/CopyButton';
import { Unknown, visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { ago, count, dateTime } from '../../time/format';
import { CheckpointCheck } from './CheckpointCheck';
import { Growth } from './Growth';
import { useCheckpoints } from './useRecord';
import { VerifyYourself } from './VerifyYourself';

type Ledger = Schemas['Ledger'];

/** One ledger: its checkpoint, its key, who cosigned it, and how to check all that without this server. */
export function LedgerDetail({ ledger, now }: { ledger: Ledger; now: number }) {
  const { data, error } = useCheckpoints(ledger.name);
  const [zone] = useZone();
  const recorded = data?.recorded ?? [];
  return (
    <section className="ledger" aria-label={`Ledger ${ledger.name}`}>
      <h2>{ledger.name}</h2>
      <div className="ledger-columns">
        <div>
          <dl className="facts ledger-facts">
            <dt>Origin</dt>
            <dd>
              <code>{visible(ledger.origin)}</code>
            </dd>
            <dt>Root</dt>
            <dd className="copyable">
              <code>{ledger.root}</code>
              <CopyButton text={ledger.root} label="Copy the root" />
            </dd>
            <dt>Checkpoint</dt>
            <dd>
              {count(ledger.size)} entries,{' '}
              {ledger.checkpointTime === undefined ? 'time unknown' : dateTime(ledger.checkpointTime, zone)}{' '}
              <a href={`/ledger/${ledger.name}/checkpoint`}>signed note</a>
            </dd>
            <dt>Key</dt>
            <dd className="copyable">
              {ledger.key === undefined ? (
                <Unknown />
              ) : (
                <>
                  <code>{visible(ledger.key)}</code>
                  <CopyButton text={ledger.key} label="Copy the verifier key" />
                </>
              )}
            </dd>
            <dt>On its way</dt>
            <dd>
              {count(ledger.sequenced ?? ledger.size)} durable, {count(ledger.integrated ?? ledger.size)} in the tree,{' '}
              {count(ledger.size)} published, {count(ledger.witnessed ?? 0)} witnessed, {count(ledger.sealed ?? 0)}{' '}
              sealed
            </dd>
            <dt>Kept</dt>
            <dd>
              {ledger.retention ?? <Unknown />}
              {(ledger.minimum ?? 0) > 0
                ? `; the ${count(ledger.minimum ?? 0)} oldest entries were pruned, on record in root`
                : '; nothing was pruned yet'}
            </dd>
            <dt>Read again</dt>
            <dd>
              {ledger.verifiedTime === undefined
                ? 'not since the start; the background check (scrub.interval) says when'
                : `all of it, and sound, ${dateTime(ledger.verifiedTime, zone)}`}
            </dd>
          </dl>
          <h3>Witnesses</h3>
          <Witnesses ledger={ledger} now={now} />
        </div>
        <div>
          <h3>Checkpoints over time</h3>
          <AnswerNotes error={error} answers={[data]} />
          {data === undefined && error === null ? (
            <div className="skeleton growth-skeleton" />
          ) : (
            <Growth recorded={recorded} />
          )}
          <CheckpointCheck key={ledger.name} ledger={ledger} recorded={recorded} />
        </div>
      </div>
      <VerifyYourself ledger={ledger} />
    </section>
  );
}

function Witnesses({ ledger, now }: { ledger: Ledger; now: number }) {
  const [zone] = useZone();
  if ((ledger.witnesses ?? []).length === 0) {
    return (
      <p className="top-none">
        None: nobody outside remembers the checkpoints, so a server that is rolled back as a whole would not be noticed.
        The key <code>witness.policy</code> names some.
      </p>
    );
  }
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Name</th>
          <th className="num">Cosigned</th>
          <th className="num">Behind</th>
          <th>Last</th>
          <th>Trouble</th>
        </tr>
      </thead>
      <tbody>
        {ledger.witnesses?.map((witness) => (
          <tr key={witness.name}>
            <td title={witness.key}>
              <b>{visible(witness.name)}</b>
            </td>
            <td className="num">{witness.size === undefined ? <Unknown /> : count(witness.size)}</td>
            <td className="num" data-lag={(witness.lag ?? 0) > 0 || undefined}>
              {witness.lag === undefined ? <Unknown /> : count(witness.lag)}
            </td>
            <td title={witness.time && dateTime(witness.time, zone)}>
              {witness.time === undefined ? 'never' : ago(witness.time, now)}
            </td>
            <td className="ledger-words" data-lag={witness.trouble !== undefined || undefined}>
              {witness.trouble === undefined ? 'none' : visible(witness.trouble)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
