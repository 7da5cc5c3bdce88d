import { hex, toBase64 } from '../../proof/bytes';
import { parseKey, verifyNote } from '../../proof/note';
import { parseCheckpoint } from '../../proof/tlogProof';
import type { Recorded } from './useRecord';

export interface CheckpointVerdict {
  readonly ok: boolean;
  readonly words: string;
  readonly size?: number;
  readonly root?: string;
  /** Names on the lines below the note that are not the ledger's own: witnesses. */
  readonly others?: readonly string[];
}

/** Whether the ledger's key signed the note. Done here, with no word from the server in between. */
export function checkCheckpoint(source: string, vkey: string): CheckpointVerdict {
  const checkpoint = parseCheckpoint(source);
  if (typeof checkpoint === 'string') return { ok: false, words: `${checkpoint}.` };
  const key = parseKey(vkey);
  if (typeof key === 'string') return { ok: false, words: `${key}.` };
  if (checkpoint.origin !== key.name) {
    return { ok: false, words: `The checkpoint is of ${checkpoint.origin}, the key of ${key.name}.` };
  }
  const signed = verifyNote(checkpoint.note, key);
  if (signed !== true) return { ok: false, words: `${signed}.` };
  const others = checkpoint.note.signatures.filter(({ name }) => name !== key.name).map(({ name }) => name);
  return {
    ok: true,
    words: `Signed by ${key.name} with key ${hex(key.keyId)}.`,
    size: checkpoint.size,
    root: toBase64(checkpoint.root),
    others: [...new Set(others)],
  };
}

export interface History {
  readonly checked: number;
  /** What does not fit, one sentence each. */
  readonly wrong: readonly string[];
}

/**
 * Whether all checkpoints on record are signed, and whether the ledger only ever grew. Checkpoints of an earlier epoch
 * are of another key and are left to `meshtrail verify`.
 */
export function checkHistory(recorded: readonly Recorded[], vkey: string): History {
  const key = parseKey(vkey);
  if (typeof key === 'string') return { checked: 0, wrong: [`${key}.`] };
  const wrong: string[] = [];
  let checked = 0;
  let newer: { size: number; root: string; address: string } | undefined;
  for (const { address, note } of recorded) {
    if (note.split('\n', 1)[0] !== key.name) continue;
    const verdict = checkCheckpoint(note, vkey);
    checked++;
    if (!verdict.ok || verdict.size === undefined || verdict.root === undefined) {
      wrong.push(`${address}: ${verdict.words}`);
      continue;
    }
    if (newer !== undefined && verdict.size > newer.size) {
      wrong.push(`${address} has ${verdict.size} entries, the later ${newer.address} only ${newer.size}.`);
    }
    if (newer !== undefined && verdict.size === newer.size && verdict.root !== newer.root) {
      wrong.push(`${address} and ${newer.address} have the same size and another root: the ledger was split.`);
    }
    newer = { size: verdict.size, root: verdict.root, address };
  }
  return { checked, wrong };
}
