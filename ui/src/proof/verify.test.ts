import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromBase64, hex, leafHash, utf8 } from './bytes';
import { walk } from './merkle';
import { cosigned, parseKey, parseNote, parseWitnessKey, verifyNote } from './note';
import { parseTlogProof } from './tlogProof';
import { type CheckName, verify } from './verify';

const vector = (name: string): string => readFileSync(new URL(`./vectors/${name}`, import.meta.url), 'utf8');
const expected = JSON.parse(vector('expect.json')) as {
  log_vkey: string;
  witness_vkeys: string[];
  valid: Record<string, { index: number; leaf_hash_hex: string }>;
  bad: Record<string, { must_fail_at: string; leaf_hash_hex: string }>;
};
const entries: Record<string, string> = JSON.parse(vector('entries.json'));

/** Entry 299 of the sample log is the largest an entry may be; its bytes follow a rule instead of filling a file. */
function entry(index: number): Uint8Array {
  if (index === 299) return Uint8Array.from({ length: 65_535 }, (_, j) => (j * 7 + 299) & 255);
  return utf8(entries[String(index)] ?? '');
}

const claim = (file: string, leafIndex: number, bytes = entry(leafIndex)) => ({
  ledger: 'sample-log',
  leafIndex,
  entry: bytes,
  proof: vector(`${file}.tlog-proof`),
  key: expected.log_vkey,
});

describe('a good proof', () => {
  test.each(Object.entries(expected.valid))('%s is accepted', (file, { index, leaf_hash_hex }) => {
    expect(hex(leafHash(entry(index)))).toBe(leaf_hash_hex);
    const verdict = verify(claim(file, index));
    expect(verdict.checks.filter((check) => !check.ok)).toEqual([]);
    expect(verdict.ok).toBe(true);
  });

  test('fails as soon as one bit of the entry, of a hash or of the root is flipped', () => {
    const good = claim('valid-280-of-600', 280);
    const proof = parseTlogProof(good.proof);
    if (typeof proof === 'string') throw new Error(proof);
    for (let bit = 0; bit < good.entry.length * 8; bit++) {
      const tampered = Uint8Array.from(good.entry);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verify({ ...good, entry: tampered }).ok, `bit ${bit}`).toBe(false);
    }
    for (const line of good.proof.split('\n').filter((l) => fromBase64(l)?.length === 32)) {
      const other = (line.startsWith('A') ? 'B' : 'A') + line.slice(1);
      expect(verify({ ...good, proof: good.proof.replace(line, other) }).ok, line).toBe(false);
    }
  });

  test('does not hold for another leafIndex, another ledger or another key', () => {
    const good = claim('valid-280-of-600', 280);
    expect(verify({ ...good, leafIndex: 281 }).checks.at(-1)).toMatchObject({ name: 'place', ok: false });
    expect(verify({ ...good, ledger: 'log' }).checks.at(-1)).toMatchObject({ name: 'place', ok: false });
    const otherKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(verify({ ...good, key: otherKey }).checks.at(-1)).toMatchObject({ name: 'place', ok: false });
  });

  test('does not hold for fields that are not in the entry bytes', () => {
    const bytes = utf8('{"outcome":"denied","v":1}');
    const verdict = verify({ ...claim('valid-280-of-600', 280, bytes), shown: { outcome: 'allowed', v: 1 } });
    expect(verdict.ok).toBe(false);
  });
});

describe('a bad proof', () => {
  const failsAt: Record<string, CheckName[]> = {
    inclusion: ['inclusion', 'place'],
    'log signature': ['signature'],
    syntax: ['syntax'],
  };
  test.each(Object.entries(expected.bad).filter(([, { must_fail_at }]) => must_fail_at !== 'witness signature'))(
    '%s is refused where it is bad',
    (name, { must_fail_at }) => {
      const verdict = verify(claim(`bad-${name}`, 280));
      expect(verdict.ok).toBe(false);
      expect(failsAt[must_fail_at]).toContain(verdict.checks.at(-1)?.name);
    },
  );
});

describe('a walk', () => {
  test('must use up the tree: the proof of a small tree is none for a larger one', () => {
    const leaf = leafHash(utf8('leaf'));
    const path = [leaf, leaf];
    expect(typeof walk(leaf, 0, 4, path)).toBe('object');
    expect(walk(leaf, 0, 100, path)).toContain('fewer than');
    expect(walk(leaf, 0, 2, path)).toContain('more than');
    expect(walk(leaf, 4, 4, path)).toContain('not below');
  });
});

describe('a signed note', () => {
  test('of the published example verifies with its key, and with no other text', () => {
    const key = parseKey(expected.log_vkey);
    const proof = parseTlogProof(vector('valid-0-of-1.tlog-proof'));
    if (typeof key === 'string' || typeof proof === 'string') throw new Error('vector does not parse');
    expect(verifyNote(proof.checkpoint.note, key)).toBe(true);
    expect(verifyNote({ ...proof.checkpoint.note, text: `${proof.checkpoint.note.text}x\n` }, key)).toContain(
      'not fit',
    );
  });

  test('is refused with a carriage return, without its blank line, and a key whose id is not its own', () => {
    expect(parseNote('a\r\n\n\u2014 a AAAAAAAA\n')).toContain('control character');
    expect(parseNote('a\n')).toContain('blank line');
    expect(parseKey(expected.log_vkey.replace('+75d830e0+', '+75d830e1+'))).toContain('its bytes say');
  });
});

describe('a cosignature', () => {
  const note = (file: string) => {
    const proof = parseTlogProof(vector(`${file}.tlog-proof`));
    if (typeof proof === 'string') throw new Error(proof);
    return proof.checkpoint.note;
  };
  const keys = expected.witness_vkeys.map((vkey) => {
    const key = parseWitnessKey(vkey);
    if (typeof key === 'string') throw new Error(key);
    return key;
  });

  test('of a witness verifies and says when it was given', () => {
    const times = keys.map((key) => cosigned(note('valid-280-of-600'), key));
    expect(times).toEqual([0x6955b900, 0x6955b901]);
  });

  test('whose time was changed, or that was made as a plain signature, does not', () => {
    for (const file of ['bad-cosignature-timestamp-changed', 'bad-cosignature-as-plain-note-signature']) {
      expect(
        keys.map((key) => typeof cosigned(note(file), key)),
        file,
      ).toContain('string');
    }
  });

  test('of a witness that did not sign is not there, and a log key is no witness key', () => {
    expect(cosigned(note('valid-0-of-1'), keys[0] ?? never())).toBeUndefined();
    expect(parseWitnessKey(expected.log_vkey)).toContain('cosignature key');
  });
});

function never(): never {
  throw new Error('the sample log has two witnesses');
}
