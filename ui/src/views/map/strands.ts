import { type Calls, total } from './meshMap';

export type Verdict = 'allowed' | 'would' | 'denied' | 'failed';

export const VERDICTS: readonly { readonly name: Verdict; readonly words: string }[] = [
  { name: 'allowed', words: 'allowed' },
  { name: 'would', words: 'a dry run would deny' },
  { name: 'denied', words: 'denied' },
  { name: 'failed', words: 'failed' },
];

export interface Strand {
  readonly verdict: Verdict;
  readonly width: number;
  /** How far beside the middle of the link it runs. */
  readonly offset: number;
}

const counted = (calls: Calls, verdict: Verdict): number => (verdict === 'would' ? calls.wouldDeny : calls[verdict]);

/** One line beside the other for each verdict that occurs, as wide as its count, by powers of ten. */
export function strands(calls: Calls, most: number): Strand[] {
  const width = (n: number) => 1.4 + (4.2 * Math.log10(1 + n)) / Math.max(1, Math.log10(1 + most));
  const drawn = VERDICTS.filter(({ name }) => counted(calls, name) > 0).map(({ name }) => ({
    verdict: name,
    width: name === 'would' ? 1.4 : width(counted(calls, name)),
  }));
  const gap = 1.6;
  const whole = drawn.reduce((sum, { width: each }) => sum + each + gap, -gap);
  let at = -whole / 2;
  return drawn.map((strand) => {
    const offset = at + strand.width / 2;
    at += strand.width + gap;
    return { ...strand, offset };
  });
}

export function spoken(calls: Calls): string {
  const parts = VERDICTS.filter(({ name }) => counted(calls, name) > 0).map(
    ({ name, words }) => `${counted(calls, name).toLocaleString('en-US')} ${words}`,
  );
  return parts.length === 0 ? 'no calls' : parts.join(', ');
}

/** Shares of the whole, for a bar. */
export function shares(calls: Calls): { readonly verdict: Verdict; readonly from: number; readonly width: number }[] {
  const whole = Math.max(1, total(calls));
  let from = 0;
  return (['denied', 'failed', 'allowed'] as const)
    .filter((verdict) => calls[verdict] > 0)
    .map((verdict) => {
      const width = (100 * calls[verdict]) / whole;
      from += width;
      return { verdict, from: from - width, width };
    });
}
