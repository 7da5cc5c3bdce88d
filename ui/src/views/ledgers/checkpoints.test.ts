import { describe, expect, test } from 'vitest';
import { FakeLedger } from '../../../dev/fake/ledger';
import { checkCheckpoint, checkHistory } from './checkpoints';
import type { Recorded } from './useRecord';

const ledger = new FakeLedger('security');
const record = (n: number): Recorded => {
  for (let i = 0; i < n; i++) ledger.append({ v: 1, time: `t${ledger.entries.length}` });
  ledger.publish('2026-11-24T10:00:00.000000000Z');
  return { address: `root/${ledger.published}`, time: '', size: ledger.published, note: ledger.checkpoint };
};
/** Newest first, as the server answers. */
const recorded = [record(3), record(0), record(5), record(2)].reverse();

describe('a checkpoint', () => {
  test('is checked with the key of the ledger', () => {
    const verdict = checkCheckpoint(ledger.checkpoint, ledger.vkey);
    expect(verdict).toMatchObject({ ok: true, size: 10, others: [] });
  });

  test('with another size is not what was signed', () => {
    expect(checkCheckpoint(ledger.checkpoint.replace('\n10\n', '\n11\n'), ledger.vkey)).toMatchObject({ ok: false });
  });

  test('of another ledger is refused by name', () => {
    const other = new FakeLedger('traffic');
    expect(checkCheckpoint(ledger.checkpoint, other.vkey).words).toContain('demo.meshtrail/traffic');
  });
});

describe('the checkpoints on record', () => {
  test('are all signed and only grow', () => {
    expect(checkHistory(recorded, ledger.vkey)).toEqual({ checked: 4, wrong: [] });
  });

  test('that shrink are found', () => {
    const swapped = [recorded[1], recorded[0], ...recorded.slice(2)] as Recorded[];
    expect(checkHistory(swapped, ledger.vkey).wrong).toEqual(['root/10 has 10 entries, the later root/8 only 8.']);
  });

  test('of one size with two roots are found', () => {
    const split = new FakeLedger('security');
    for (let i = 0; i < 10; i++) split.append({ v: 1, time: `other ${i}` });
    split.publish('2026-11-24T10:00:00.000000000Z');
    const forged = { ...(recorded[0] as Recorded), address: 'root/forged', note: split.checkpoint };
    expect(checkHistory([forged, ...recorded], ledger.vkey).wrong[0]).toContain('the ledger was split');
  });

  test('with a broken signature are named', () => {
    const broken = recorded.map((one, i) => (i === 2 ? { ...one, note: one.note.replace('\n3\n', '\n4\n') } : one));
    expect(checkHistory(broken, ledger.vkey).wrong).toHaveLength(1);
  });

  test('of an earlier epoch are left out', () => {
    const earlier = { ...(recorded[0] as Recorded), note: 'demo.meshtrail/security/0\n4\nAAAA\n\n' };
    expect(checkHistory([...recorded, earlier], ledger.vkey)).toEqual({ checked: 4, wrong: [] });
  });
});
