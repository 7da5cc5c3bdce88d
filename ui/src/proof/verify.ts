import { type Bytes, equal, hex, leafHash } from './bytes';
import { type Step, walk } from './merkle';
import { parseKey, verifyNote } from './note';
import { parseTlogProof, type TlogProof } from './tlogProof';

/** The checks in the order they are made. Each can be made only when those before it succeeded. */
export type CheckName = 'syntax' | 'place' | 'leaf' | 'inclusion' | 'signature' | 'content';

export interface Check {
  readonly name: CheckName;
  readonly ok: boolean;
  readonly words: string;
}

export interface Verdict {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly leaf?: Bytes;
  readonly steps?: readonly Step[];
  readonly proof?: TlogProof;
}

export interface Claim {
  readonly ledger: string;
  readonly leafIndex: number;
  /** The exact entry bytes. */
  readonly entry: Bytes;
  /** Text of the `.tlog-proof`. */
  readonly proof: string;
  /** Verifier key of the ledger. */
  readonly key: string;
  /** The event as the page shows it; compared with the bytes, if given. */
  readonly shown?: Readonly<Record<string, unknown>>;
}

/**
 * Checks, from bytes alone and without asking anybody, that an entry is in the ledger: the leaf hash of the bytes, the
 * walk up to the root, and the signature over that root. What is shown on screen is compared with the same bytes.
 */
export function verify(claim: Claim): Verdict {
  const checks: Check[] = [];
  const fail = (name: CheckName, words: string, rest: Partial<Verdict> = {}): Verdict => {
    checks.push({ name, ok: false, words });
    return { ok: false, checks, ...rest };
  };
  const pass = (name: CheckName, words: string) => checks.push({ name, ok: true, words });

  const proof = parseTlogProof(claim.proof);
  if (typeof proof === 'string') return fail('syntax', proof);
  const { checkpoint } = proof;
  pass('syntax', `A proof of ${proof.path.length} hashes under a checkpoint of ${checkpoint.size} entries.`);

  const key = parseKey(claim.key);
  if (typeof key === 'string') return fail('place', key, { proof });
  if (proof.leafIndex !== claim.leafIndex) {
    return fail('place', `The proof is for entry ${proof.leafIndex}, not for ${claim.leafIndex}.`, { proof });
  }
  if (checkpoint.origin !== key.name) {
    return fail('place', `The checkpoint is of ${checkpoint.origin}, the key of ${key.name}.`, { proof });
  }
  if (checkpoint.origin !== claim.ledger && !checkpoint.origin.endsWith(`/${claim.ledger}`)) {
    return fail('place', `The checkpoint is of ${checkpoint.origin}, not of ledger ${claim.ledger}.`, { proof });
  }
  pass('place', `Entry ${claim.leafIndex} of ${checkpoint.origin}.`);

  const leaf = leafHash(claim.entry);
  pass('leaf', `SHA-256 of 0x00 and the ${claim.entry.length} entry bytes.`);

  const steps = walk(leaf, proof.leafIndex, checkpoint.size, proof.path);
  if (typeof steps === 'string') return fail('inclusion', `${steps}.`, { proof, leaf });
  const reached = steps.at(-1)?.result ?? leaf;
  if (!equal(reached, checkpoint.root)) {
    const words = `The walk ends at ${hex(reached).slice(0, 16)}…, the checkpoint's root is ${hex(checkpoint.root).slice(0, 16)}…: these are not the bytes, or not the place, that the ledger committed to.`;
    return fail('inclusion', words, { proof, leaf, steps });
  }
  pass('inclusion', `${steps.length} hashes lead exactly to the checkpoint's root.`);

  const signed = verifyNote(checkpoint.note, key);
  if (signed !== true) return fail('signature', `${signed}.`, { proof, leaf, steps });
  pass('signature', `Ed25519, key ${hex(key.keyId)} of ${key.name}.`);

  if (claim.shown !== undefined) {
    const difference = firstDifference(claim.entry, claim.shown);
    if (difference !== undefined) return fail('content', difference, { proof, leaf, steps });
    pass('content', 'Every field shown here is in those bytes, and the other way round.');
  }
  return { ok: true, checks, leaf, steps, proof };
}

/** The place of an entry is given when it is sequenced, so it is in every answer but not among the bytes. */
const NOT_IN_ENTRY = new Set(['ledger', 'leafIndex']);

function firstDifference(entry: Bytes, shown: Readonly<Record<string, unknown>>): string | undefined {
  let inEntry: Record<string, unknown>;
  try {
    inEntry = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(entry));
  } catch {
    return 'The entry bytes are not JSON.';
  }
  for (const field of new Set([...Object.keys(inEntry), ...Object.keys(shown)])) {
    if (NOT_IN_ENTRY.has(field)) continue;
    if (JSON.stringify(inEntry[field]) !== JSON.stringify(shown[field])) {
      return `The field ${field} is not the same on the screen and in the entry bytes.`;
    }
  }
  return undefined;
}
