import * as ed25519 from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Stage } from '../../src/event/event.ts';
import { type Bytes, concat, leafHash, nodeHash, sha256, toBase64, utf8 } from '../../src/proof/bytes.ts';
import type { Fields } from './story.ts';

ed25519.hashes.sha512 = sha512;

/** A ledger in memory with a real tree and real signatures, so that the page's own check has something to check. */
export class FakeLedger {
  readonly entries: Fields[] = [];
  readonly origin: string;
  readonly vkey: string;
  readonly #secret: Bytes;
  readonly #keyId: Bytes;
  readonly #leaves: Bytes[] = [];
  readonly #nodes = new Map<string, Bytes>();
  #published = 0;
  #checkpoint = '';
  checkpointTime = '';

  constructor(readonly name: string) {
    this.origin = `demo.meshtrail/${name}`;
    this.#secret = sha256(utf8(`fake key of ${name}`));
    const key = concat(Uint8Array.of(1), ed25519.getPublicKey(this.#secret));
    this.#keyId = sha256(concat(utf8(`${this.origin}\n`), key)).slice(0, 4);
    this.vkey = `${this.origin}+${Buffer.from(this.#keyId).toString('hex')}+${toBase64(key)}`;
    this.publish('2026-01-01T00:00:00.000000000Z');
  }

  append(event: Fields): number {
    this.entries.push(event);
    this.#leaves.push(leafHash(entryBytes(event)));
    return this.entries.length - 1;
  }

  /** Signs the tree as it is now. */
  publish(time: string): void {
    this.#published = this.entries.length;
    this.checkpointTime = time;
    const text = `${this.origin}\n${this.#published}\n${toBase64(this.root())}\n`;
    const signature = ed25519.sign(utf8(text), this.#secret);
    this.#checkpoint = `${text}\n\u2014 ${this.origin} ${toBase64(concat(this.#keyId, signature))}\n`;
  }

  get published(): number {
    return this.#published;
  }

  get checkpoint(): string {
    return this.#checkpoint;
  }

  root(): Bytes {
    return this.#published === 0 ? sha256(new Uint8Array()) : this.#hash(0, this.#published);
  }

  stage(leafIndex: number): Stage {
    if (leafIndex < this.#published) return 'published';
    return leafIndex < this.entries.length - 3 ? 'integrated' : 'sequenced';
  }

  proof(leafIndex: number): string | undefined {
    if (leafIndex >= this.#published) return undefined;
    const hashes = this.#path(leafIndex, 0, this.#published).map((hash) => `${toBase64(hash)}\n`);
    return `c2sp.org/tlog-proof@v1\nindex ${leafIndex}\n${hashes.join('')}\n${this.#checkpoint}`;
  }

  #path(leafIndex: number, from: number, to: number): Bytes[] {
    if (to - from === 1) return [];
    const middle = from + largestPowerBelow(to - from);
    return leafIndex < middle
      ? [...this.#path(leafIndex, from, middle), this.#hash(middle, to)]
      : [...this.#path(leafIndex, middle, to), this.#hash(from, middle)];
  }

  #hash(from: number, to: number): Bytes {
    if (to - from === 1) return this.#leaves[from] as Bytes;
    const key = `${from}-${to}`;
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const middle = from + largestPowerBelow(to - from);
    const hash = nodeHash(this.#hash(from, middle), this.#hash(middle, to));
    this.#nodes.set(key, hash);
    return hash;
  }
}

/** Flat and text or safe integers only, so sorted keys make this RFC 8785. */
export function entryBytes(event: Fields): Bytes {
  const sorted = Object.fromEntries(
    Object.keys(event)
      .sort()
      .map((key) => [key, event[key]]),
  );
  return utf8(JSON.stringify(sorted));
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
