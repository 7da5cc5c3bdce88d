import { OUTCOMES, type Outcome, type Schemas } from '../../event/event';

export type Bucket = Schemas['Histogram']['buckets'][number];

/** One colour of the histogram: a value of the field it is broken down by, or all the rest. */
export interface Series {
  readonly value: string;
  readonly words: string;
  readonly look: string;
  readonly total: number;
}

/** From the ground up: what is rare and matters stands on the base line, where heights can be compared. */
const STACK: readonly Outcome[] = ['failed', 'denied', 'changed', 'unknown', 'allowed'];
const OWN_COLOUR = 5;
/** Events that do not have the field, and what the server itself counts together. */
const ABSENT = new Set(['', 'unknown', 'other']);
export const REST = '\u0000rest';

export const total = (counts: Bucket['counts']): number => Object.values(counts).reduce((a, b) => a + b, 0);

function totals(buckets: readonly Bucket[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { counts } of buckets) {
    for (const [value, events] of Object.entries(counts)) sums.set(value, (sums.get(value) ?? 0) + events);
  }
  return sums;
}

/** The series from the ground up. By outcome always the same; by another field the five most frequent, and the rest. */
export function seriesOf(buckets: readonly Bucket[], by: string): readonly Series[] {
  const sums = totals(buckets);
  if (by === 'outcome') {
    const known = new Set<string>(OUTCOMES);
    const unknown = [...sums].filter(([value]) => value === 'unknown' || !known.has(value));
    return STACK.map((value) => ({
      value,
      words: value,
      look: value,
      total: value === 'unknown' ? unknown.reduce((sum, [, n]) => sum + n, 0) : (sums.get(value) ?? 0),
    })).filter((one) => one.total > 0);
  }
  const sorted = [...sums]
    .filter(([value]) => !ABSENT.has(value))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const named = sorted.slice(0, OWN_COLOUR).map(([value, events], i) => ({
    value,
    words: value,
    look: `series-${i}`,
    total: events,
  }));
  const rest = [...sums.values()].reduce((a, b) => a + b, 0) - named.reduce((sum, one) => sum + one.total, 0);
  return rest > 0 ? [...named, { value: REST, words: 'other or unknown', look: 'series-rest', total: rest }] : named;
}

/** How many events of a bucket belong to a series. */
export function share(bucket: Bucket, series: Series, all: readonly Series[]): number {
  const isRest = series.value === REST || series.value === 'unknown';
  if (!isRest) return bucket.counts[series.value] ?? 0;
  const named = all.filter((one) => one !== series).reduce((sum, one) => sum + (bucket.counts[one.value] ?? 0), 0);
  return total(bucket.counts) - named;
}
