import { describe, expect, test } from 'vitest';
import { Random } from '../../../dev/fake/random';
import { type Arrow, type Item, layered } from './layered';

const GAPS = { x: 40, y: 10 };
const item = (id: string): Item => ({ id, width: 100, height: 30 });
const arrow = (from: string, to: string): Arrow => ({ from, to });

const overlaps = (items: readonly Item[], at: ReadonlyMap<string, { x: number; y: number }>): string[] =>
  items.flatMap((a, i) =>
    items.slice(i + 1).flatMap((b) => {
      const [p, q] = [at.get(a.id), at.get(b.id)];
      if (p === undefined || q === undefined) return [`${a.id} or ${b.id} has no place`];
      const apart = p.x + a.width <= q.x || q.x + b.width <= p.x || p.y + a.height <= q.y || q.y + b.height <= p.y;
      return apart ? [] : [`${a.id} over ${b.id}`];
    }),
  );

describe('the layered arrangement', () => {
  test('goes from left to right with the arrows', () => {
    const items = ['edge', 'web', 'orders', 'payments'].map(item);
    const { at } = layered(items, [arrow('edge', 'web'), arrow('web', 'orders'), arrow('orders', 'payments')], GAPS);
    const xs = items.map(({ id }) => at.get(id)?.x ?? Number.NaN);
    expect(xs).toEqual([0, 140, 280, 420]);
  });

  test('puts a shared destination right of the longest way to it', () => {
    const items = ['a', 'b', 'c'].map(item);
    const { at } = layered(items, [arrow('a', 'b'), arrow('b', 'c'), arrow('a', 'c')], GAPS);
    expect(at.get('c')?.x).toBeGreaterThan(at.get('b')?.x ?? Number.NaN);
  });

  test('breaks cycles and ignores calls to oneself', () => {
    const items = ['a', 'b', 'c'].map(item);
    const { at } = layered(items, [arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'a'), arrow('b', 'b')], GAPS);
    expect(new Set([...at.values()].map(({ x }) => x)).size).toBe(3);
  });

  test('keeps straight what need not cross', () => {
    const items = ['a1', 'a2', 'b1', 'b2'].map(item);
    const { at } = layered(items, [arrow('a1', 'b2'), arrow('a2', 'b1')], GAPS);
    const below = (top: string, bottom: string) => (at.get(top)?.y ?? 0) < (at.get(bottom)?.y ?? 0);
    expect(below('a1', 'a2')).toBe(below('b2', 'b1'));
  });

  test('lays 300 items of random graphs without one over another, the same whatever the order of the arrows', () => {
    const seed = 20_261_124;
    const random = new Random(seed);
    for (let round = 0; round < 8; round++) {
      const items = Array.from({ length: 300 }, (_, i) => ({ ...item(`n${i}`), width: 60 + random.below(90) }));
      const arrows = Array.from({ length: random.below(700) }, () =>
        arrow(`n${random.below(300)}`, `n${random.below(300)}`),
      );
      const one = layered(items, arrows, GAPS);
      expect(overlaps(items, one.at), `seed ${seed}, round ${round}`).toEqual([]);
      const other = layered(items, [...arrows].reverse(), GAPS);
      expect([...other.at].sort(), `seed ${seed}, round ${round}`).toEqual([...one.at].sort());
    }
  });

  test('of nothing is empty', () => {
    expect(layered([], [], GAPS)).toEqual({ at: new Map(), width: 0, height: 0 });
  });
});
