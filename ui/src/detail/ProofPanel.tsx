import { Button } from '@mantine/core';
import { IconCheck, IconDownload, IconShieldCheck, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { fetchProof, proofPath } from '../api/queries';
import { type EventDetail, split } from '../event/event';
import { CopyButton } from '../parts/CopyButton';
import { fromBase64, hex } from '../proof/bytes';
import { type CheckName, type Verdict, verify } from '../proof/verify';
import { ProofWalk } from './ProofWalk';

const TITLES: Record<CheckName, string> = {
  syntax: 'The proof can be read',
  place: 'It is about this event',
  leaf: 'The entry bytes are hashed here',
  inclusion: 'The hash leads to the root',
  signature: 'The root is signed by the ledger',
  content: 'What you read is what was hashed',
};

/** Checks in this browser that the event is in the ledger. The badge is never the server's word. */
export function ProofPanel({ detail }: { detail: EventDetail }) {
  const { ledger, leafIndex } = split(detail.address);
  const check = useMutation({
    mutationFn: async (flipped: boolean): Promise<Verdict & { flipped: boolean }> => {
      const entry = fromBase64(detail.entry);
      if (entry === undefined) throw new Error('The server sent an entry that is not base64.');
      const { proof, key } = await fetchProof(detail.address);
      // To see what tampering looks like: one bit of the bytes, in this browser only.
      if (flipped) entry[entry.length >> 1] = (entry[entry.length >> 1] ?? 0) ^ 1;
      return { ...verify({ ledger, leafIndex, entry, proof, key, shown: detail.event }), flipped };
    },
  });
  const verdict = check.data;
  const published = detail.stage === 'published' || detail.stage === 'witnessed';
  const command = `meshtrail prove ${detail.address} > ${ledger}-${leafIndex}.tlog-proof`;
  return (
    <div className="proof">
      <div className="proof-actions">
        <Button
          size="xs"
          leftSection={<IconShieldCheck size={15} />}
          loading={check.isPending}
          onClick={() => check.mutate(false)}
        >
          Verify in this browser
        </Button>
        <Button
          size="xs"
          variant="default"
          component="a"
          href={proofPath(detail.address)}
          download={`${ledger}-${leafIndex}.tlog-proof`}
          disabled={!published}
          leftSection={<IconDownload size={15} />}
        >
          Download proof
        </Button>
        {verdict !== undefined && (
          <button type="button" className="link" onClick={() => check.mutate(!verdict.flipped)}>
            {verdict.flipped ? 'check the real bytes again' : 'flip one bit and check again'}
          </button>
        )}
      </div>
      {verdict === undefined && check.error === null && (
        <p className="proof-intro">
          Nothing on this page has to be believed. The check takes the exact entry bytes, hashes them, walks up the
          ledger's tree to the root, and checks the ledger's signature over that root, all here, with no word from the
          server in between.
          {!published && ' This event is not under a signed checkpoint yet; that takes about a second.'}
        </p>
      )}
      {check.error !== null && <p className="banner banner-bad">{check.error.message}</p>}
      {verdict !== undefined && (
        <>
          <p className="proof-verdict" data-ok={verdict.ok} role="status">
            {verdict.ok ? <IconCheck size={18} stroke={2.6} /> : <IconX size={18} stroke={2.6} />}
            <span>
              <b>{verdict.ok ? 'Verified in this browser' : 'Does not verify'}</b>
              {verdict.ok
                ? `${detail.address} is in the tree of ${verdict.proof?.checkpoint.size.toLocaleString('en-US')} entries that the ledger signed.`
                : verdict.flipped
                  ? 'One bit of the entry was flipped here, on purpose: this is how tampering shows.'
                  : 'The event, its place or its proof is not what the ledger committed to. Keep this page: it is evidence.'}
            </span>
          </p>
          <ol className="checks">
            {verdict.checks.map(({ name, ok, words }) => (
              <li key={name} data-ok={ok}>
                <span className="checks-mark">
                  {ok ? <IconCheck size={11} stroke={3} /> : <IconX size={11} stroke={3} />}
                </span>
                <b>{TITLES[name]}</b>
                <p>{words}</p>
                {name === 'leaf' && verdict.leaf !== undefined && <code>{hex(verdict.leaf)}</code>}
                {name === 'inclusion' &&
                  verdict.steps !== undefined &&
                  verdict.leaf !== undefined &&
                  verdict.proof !== undefined && (
                    <ProofWalk
                      leaf={verdict.leaf}
                      leafIndex={leafIndex}
                      steps={verdict.steps}
                      root={verdict.proof.checkpoint.root}
                      ok={ok}
                    />
                  )}
              </li>
            ))}
          </ol>
          <p className="proof-note">
            The ledger's key came from this server. To depend on nobody, compare it with one you got another way, or
            check offline:
          </p>
          <div className="snippet">
            <code>{command}</code>
            <CopyButton text={command} label="Copy" />
          </div>
        </>
      )}
    </div>
  );
}
