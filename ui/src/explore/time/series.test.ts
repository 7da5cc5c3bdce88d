import { expect, test } from 'vitest';
import { seriesOf, share } from './series';

const bucket = (counts: Record<string, number>) => ({ from: '', to: '', counts });

test('failures stand on the base line and nothing is counted twice', () => {
  const buckets = [bucket({ allowed: 9, failed: 2, '': 1 })];
  const series = seriesOf(buckets, 'outcome');
  expect(series.map(({ value, total }) => [value, total])).toEqual([
    ['failed', 2],
    ['unknown', 1],
    ['allowed', 9],
  ]);
  expect(series.map((one) => share(buckets[0] ?? bucket({}), one, series))).toEqual([2, 1, 9]);
});

test('by a field, five values have a colour and the rest, the absent included, share one', () => {
  const counts = { a: 9, b: 8, c: 7, d: 6, e: 5, f: 4, '': 3 };
  const series = seriesOf([bucket(counts)], 'policy.name');
  expect(series.map(({ words }) => words)).toEqual(['a', 'b', 'c', 'd', 'e', 'other or unknown']);
  const rest = series.at(-1);
  expect(rest && share(bucket(counts), rest, series)).toBe(7);
});
