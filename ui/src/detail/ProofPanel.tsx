import { Button } from '@mantine/core';
import { IconBug, IconCheck, IconDownload, IconShieldCheck, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { proofPath } from '../api/queries';
import { type EventDetail, split } from '../event/event';
import { CopyButton } from '../parts/CopyButton';
import { fromBase64, hex } from '../proof/bytes';
import { type CheckedVerdict, check } from '../proof/checked';
import type { Check, CheckName } from '../proof/verify';
import { ByteChange } from './ByteChange';
import { ProofWalk } from './ProofWalk';
import { Witnesses } from './Witnesses';

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
  const run = useMutation({ mutationFn: (tamper: boolean) => check(detail, tamper) });
  const verdict = run.data;
  const published = detail.stage === 'published' || detail.stage === 'witnessed';
  const file = `${ledger}-${leafIndex}`;
  return (
    <div className="proof">
      <div className="proof-actions">
        <Button
          size="xs"
          leftSection={<IconShieldCheck size={15} />}
          loading={run.isPending}
          onClick={() => run.mutate(false)}
        >
          Verify in this browser
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBug size={15} />}
          disabled={!published}
          onClick={() => run.mutate(true)}
        >
          Try with a tampered byte
        </Button>
        <Button
          size="xs"
          variant="default"
          component="a"
          href={proofPath(detail.address)}
          download={`${file}.tlog-proof`}
          disabled={!published}
          leftSection={<IconDownload size={15} />}
        >
          .tlog-proof
        </Button>
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`data:application/octet-stream;base64,${detail.entry}`}
          download={`${file}.json`}
          leftSection={<IconDownload size={15} />}
        >
          entry
        </Button>
      </div>
      {verdict === undefined && run.error === null && (
        <p className="proof-intro">
          Nothing on this page has to be believed. The check takes the exact entry bytes, hashes them, walks up the
          ledger's tree to the root, and checks the signatures over that root, all here, with no word from the server in
          between.
          {!published && ' This event is not under a signed checkpoint yet; that takes about a second.'}
        </p>
      )}
      {run.error !== null && <p className="banner banner-bad">{run.error.message}</p>}
      {verdict !== undefined && <Result verdict={verdict} detail={detail} />}
      <Offline detail={detail} file={file} />
    </div>
  );
}

function Result({ verdict, detail }: { verdict: CheckedVerdict; detail: EventDetail }) {
  const { ledger, leafIndex } = split(detail.address);
  const { ok, tampered, proof, checks } = verdict;
  return (
    <>
      <p className="proof-verdict" data-ok={ok} role="status">
        {ok ? <IconCheck size={18} stroke={2.6} /> : <IconX size={18} stroke={2.6} />}
        <span>
          <b>{ok ? 'Verified in this browser' : 'Does not verify'}</b>
          {ok
            ? `${detail.address} is in the tree of ${proof?.checkpoint.size.toLocaleString('en-US')} entries that the ledger signed.`
            : tampered !== undefined
              ? `Byte ${tampered.at} of the entry was changed here, on purpose: this is how tampering shows.`
              : 'The event, its place or its proof is not what the ledger committed to. Keep this page: it is evidence.'}
        </span>
      </p>
      {tampered !== undefined && (
        <ByteChange entry={fromBase64(detail.entry) ?? new Uint8Array()} tampered={tampered} />
      )}
      <ol className="checks">
        {checks.map((one) => (
          <Step key={one.name} check={one}>
            {one.name === 'leaf' && verdict.leaf !== undefined && <code>{hex(verdict.leaf)}</code>}
            {one.name === 'inclusion' && verdict.steps && verdict.leaf && proof && (
              <ProofWalk
                leaf={verdict.leaf}
                leafIndex={leafIndex}
                steps={verdict.steps}
                root={proof.checkpoint.root}
                ok={one.ok}
              />
            )}
            {one.name === 'signature' && proof && <Witnesses ledger={ledger} note={proof.checkpoint.note} />}
          </Step>
        ))}
      </ol>
      {proof !== undefined && (
        <details className="proof-checkpoint">
          <summary>The checkpoint, verbatim</summary>
          <pre>
            {proof.checkpoint.note.text}
            {'\n'}
            {proof.checkpoint.note.signatures.map(({ name }) => `— ${name} …\n`)}
          </pre>
        </details>
      )}
    </>
  );
}

function Step({ check: { name, ok, words }, children }: { check: Check; children: React.ReactNode }) {
  return (
    <li data-ok={ok}>
      <span className="checks-mark">{ok ? <IconCheck size={11} stroke={3} /> : <IconX size={11} stroke={3} />}</span>
      <b>{TITLES[name]}</b>
      <p>{words}</p>
      {children}
    </li>
  );
}

function Offline({ detail, file }: { detail: EventDetail; file: string }) {
  const command = `meshtrail verify-proof ${file}.tlog-proof --entry ${file}.json --key "$(curl -s ${window.location.origin}/ledger/${split(detail.address).ledger}/key)"`;
  return (
    <>
      <p className="proof-note">
        The key that is used here came from this server. To depend on nobody, download both files and check them offline
        with a key that you got another way:
      </p>
      <div className="snippet">
        <code>{command}</code>
        <CopyButton text={command} label="Copy" />
      </div>
    </>
  );
}
