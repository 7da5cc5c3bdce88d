import type { Schemas } from '../../event/event';
import { CopyButton } from '../../parts/CopyButton';

/** The commands that check a ledger from another machine, filled in for this server. */
export function VerifyYourself({ ledger }: { ledger: Schemas['Ledger'] }) {
  const origin = window.location.origin;
  const steps = [
    {
      why: 'Once, and by a way that you trust: keep the key. Later answers are held against it.',
      command: `curl -s ${origin}/ledger/${ledger.name}/key > ${ledger.name}.vkey`,
    },
    {
      why: 'Read every entry and hash the whole tree again; needs no access to the server’s files.',
      command: `meshtrail verify --url ${origin}/ledger/${ledger.name} --key "$(cat ${ledger.name}.vkey)"`,
    },
    {
      why: 'Keep a checkpoint; whoever has one can tell for ever whether anything before it was changed.',
      command: `curl -s ${origin}/ledger/${ledger.name}/checkpoint > ${ledger.name}-$(date +%F).checkpoint`,
    },
    {
      why: 'Prove one event, and check the proof with the network cable pulled.',
      command: `meshtrail prove ${ledger.name}/${Math.max(0, ledger.size - 1)} --server ${origin} > event.tlog-proof`,
    },
    {
      why: 'Follow this server and raise an alarm when it goes back or falls silent.',
      command: `meshtrail monitor ${origin}`,
    },
  ];
  return (
    <details className="verify-yourself" open>
      <summary>How to verify this yourself</summary>
      <ol>
        {steps.map(({ why, command }) => (
          <li key={command}>
            <p>{why}</p>
            <div className="snippet">
              <code>{command}</code>
              <CopyButton text={command} label="Copy" />
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}
