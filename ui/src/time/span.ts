import { type Range, resolved } from './range';

/** How long a range is; undefined if it has no beginning. */
export function spanSeconds(range: Range, now: number): number | undefined {
  const { from, to } = resolved(range, now);
  return from === undefined || to <= from ? undefined : (to - from) / 1000;
}

/** `12/s`, `3.1/min`, `2/h`: in the unit in which it is neither tiny nor huge. */
export function rate(count: number, seconds: number | undefined): string {
  if (seconds === undefined || seconds === 0) return '';
  const perSecond = count / seconds;
  const [value, unit] =
    perSecond >= 1 ? [perSecond, 's'] : perSecond >= 1 / 60 ? [perSecond * 60, 'min'] : [perSecond * 3600, 'h'];
  return `${Number(value.toPrecision(value >= 100 ? 3 : 2))}/${unit}`;
}
