import type { Range } from './range';

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/** Milliseconds since 1970 of a bound as the API takes it. */
export function instant(bound: string, now: number): number | undefined {
  const relative = /^now(?:-(\d+)([smhdw]))?$/.exec(bound);
  if (relative) return now - Number(relative[1] ?? 0) * (UNITS[relative[2] ?? 's'] ?? 0);
  const at = Date.parse(bound);
  return Number.isNaN(at) ? undefined : at;
}

/** How long a range is; undefined if it has no beginning. */
export function spanSeconds({ from, to }: Range, now: number): number | undefined {
  const start = from === undefined ? undefined : instant(from, now);
  const end = to === undefined ? now : instant(to, now);
  return start === undefined || end === undefined || end <= start ? undefined : (end - start) / 1000;
}

export const nineDigits = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 23)}000000Z`;

/** The range before (-1) or after (1) this one, of the same length: a replay by hand. */
export function shifted(range: Range, by: -1 | 1, now: number): Range {
  const seconds = spanSeconds(range, now);
  if (seconds === undefined) return range;
  const end = (range.to === undefined ? now : (instant(range.to, now) ?? now)) + by * seconds * 1000;
  return { from: nineDigits(end - seconds * 1000), to: nineDigits(end) };
}

/** `12.4/s`, `3.1/min`, `2/h`: in the unit in which it is neither tiny nor huge. */
export function rate(count: number, seconds: number | undefined): string {
  if (seconds === undefined || seconds === 0) return '';
  const perSecond = count / seconds;
  const [value, unit] =
    perSecond >= 1 ? [perSecond, 's'] : perSecond >= 1 / 60 ? [perSecond * 60, 'min'] : [perSecond * 3600, 'h'];
  return `${Number(value.toPrecision(value >= 100 ? 3 : 2))}/${unit}`;
}
