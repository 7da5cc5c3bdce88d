import * as ed25519 from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { type Bytes, concat, equal, fromBase64, hex, sha256, utf8 } from './bytes';

// Our own SHA-512, as WebCrypto exists only on HTTPS and localhost, and the check must work on plain HTTP too.
ed25519.hashes.sha512 = sha512;

const ED25519 = 0x01;
const COSIGNATURE = 0x04;
const TIMESTAMP_BYTES = 8;

export interface NoteSignature {
  readonly name: string;
  readonly keyId: Bytes;
  readonly signature: Bytes;
}

/** A signed note (C2SP signed-note): the text, its last line feed included, and the signatures below it. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface VerifierKey {
  readonly name: string;
  readonly keyId: Bytes;
  readonly publicKey: Bytes;
}

export function parseNote(source: string): Note | string {
  if (/\p{Cc}/u.test(source.replaceAll('\n', ''))) return 'the note holds a control character';
  const split = source.lastIndexOf('\n\n');
  if (split < 0) return 'the note has no blank line before its signatures';
  const below = source.slice(split + 2);
  if (!below.endsWith('\n')) return 'the last signature line does not end';
  const signatures: NoteSignature[] = [];
  for (const line of below.slice(0, -1).split('\n')) {
    const match = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line);
    const bytes = match ? fromBase64(match[2] ?? '') : undefined;
    if (!match || !bytes || bytes.length < 5) return 'a line below the blank line is not a signature';
    signatures.push({ name: match[1] ?? '', keyId: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: source.slice(0, split + 1), signatures };
}

export const parseKey = (vkey: string): VerifierKey | string => parse(vkey, ED25519, 'an Ed25519 key');

/** The key of a witness (C2SP tlog-cosignature v1). */
export const parseWitnessKey = (vkey: string): VerifierKey | string => parse(vkey, COSIGNATURE, 'a cosignature key');

function parse(vkey: string, kind: number, words: string): VerifierKey | string {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(vkey.replace(/\n$/, ''));
  const key = match ? fromBase64(match[3] ?? '') : undefined;
  if (!match || !key) return 'the verifier key is not of the form name+id+key';
  if (key[0] !== kind || key.length !== 33) return `the verifier key is not ${words}`;
  const name = match[1] ?? '';
  const keyId = sha256(concat(utf8(`${name}\n`), key)).slice(0, 4);
  if (hex(keyId) !== match[2]) return `the verifier key says id ${match[2]}, its bytes say ${hex(keyId)}`;
  return { name, keyId, publicKey: key.slice(1) };
}

/**
 * When the witness says that it cosigned the note, in seconds since 1970; undefined if its signature is not there; words
 * if it is there and does not fit.
 */
export function cosigned(note: Note, key: VerifierKey): number | undefined | string {
  const ours = note.signatures.find((s) => s.name === key.name && equal(s.keyId, key.keyId));
  if (ours === undefined) return undefined;
  const { signature } = ours;
  if (signature.length !== TIMESTAMP_BYTES + 64) return `the cosignature by ${key.name} has not the right length`;
  const time = signature.slice(0, TIMESTAMP_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
  const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
  if (!verifies(signature.slice(TIMESTAMP_BYTES), message, key.publicKey)) {
    return `the cosignature by ${key.name} does not fit the text`;
  }
  return time;
}

/** True if the key signed the note; words if it did not. A known key with a bad signature spoils the whole note. */
export function verifyNote(note: Note, key: VerifierKey): true | string {
  const ours = note.signatures.filter((s) => s.name === key.name && equal(s.keyId, key.keyId));
  if (ours.length === 0) return `no signature by ${key.name} with key ${hex(key.keyId)}`;
  for (const { signature } of ours) {
    if (signature.length !== 64 || !verifies(signature, utf8(note.text), key.publicKey)) {
      return `the signature by ${key.name} does not fit the text`;
    }
  }
  return true;
}

function verifies(signature: Bytes, message: Bytes, publicKey: Bytes): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
