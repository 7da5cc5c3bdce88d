import { Button } from '@mantine/core';
import { IconCheck, IconShieldCheck, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Schemas } from '../../event/event';
import { count } from '../../time/format';
import { checkCheckpoint, checkHistory } from './checkpoints';
import { fetchCheckpoint, type Recorded } from './useRecord';

/** Checks, in this browser, the newest checkpoint and all that are on record. The badge is never the server's word. */
export function CheckpointCheck({ ledger, recorded }: { ledger: Schemas['Ledger']; recorded: readonly Recorded[] }) {
  const check = useMutation({
    mutationFn: async () => {
      const { note, key } = await fetchCheckpoint(ledger.name);
      return { newest: checkCheckpoint(note, key), history: checkHistory(recorded, key) };
    },
  });
  const ok = check.data?.newest.ok === true && check.data.history.wrong.length === 0;
  return (
    <div className="checkpoint-check">
      <Button
        size="xs"
        leftSection={<IconShieldCheck size={15} />}
        loading={check.isPending}
        onClick={() => check.mutate()}
      >
        Verify the checkpoints in this browser
      </Button>
      {check.error !== null && <p className="banner banner-bad">{check.error.message}</p>}
      {check.data !== undefined && (
        <div className="proof-verdict" data-ok={ok} role="status">
          {ok ? <IconCheck size={18} stroke={2.6} /> : <IconX size={18} stroke={2.6} />}
          <span>
            <b>{ok ? 'Verified in this browser' : 'Does not verify'}</b>
            {check.data.newest.words}
            {check.data.newest.size !== undefined && ` ${count(check.data.newest.size)} entries.`}{' '}
            {check.data.history.checked > 0 &&
              check.data.history.wrong.length === 0 &&
              `The last ${count(check.data.history.checked)} on record are signed as well, and only ever grew.`}
            {check.data.history.wrong.slice(0, 5).map((words) => (
              <span key={words} className="checkpoint-wrong">
                {words}
              </span>
            ))}
            {ok &&
              (check.data.newest.others?.length ?? 0) > 0 &&
              ` Cosigned by ${check.data.newest.others?.join(', ')}.`}
          </span>
        </div>
      )}
    </div>
  );
}
