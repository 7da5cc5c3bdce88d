/** A range as the API takes it: `now-15m` or RFC 3339; absent means no bound. */
export interface Range {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export const PRESETS: readonly { readonly label: string; readonly from: string | undefined }[] = [
  { label: 'Last 5 minutes', from: 'now-5m' },
  { label: 'Last 15 minutes', from: 'now-15m' },
  { label: 'Last hour', from: 'now-1h' },
  { label: 'Last 6 hours', from: 'now-6h' },
  { label: 'Last 24 hours', from: 'now-24h' },
  { label: 'Last 7 days', from: 'now-7d' },
  { label: 'Last 30 days', from: 'now-30d' },
  { label: 'Everything', from: undefined },
];

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const RELATIVE =
  /^(?:now\s*-\s*|last\s+|past\s+)?(\d{1,6})\s*([smhdw]|sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?)$/i;
const DAY_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|UTC|[+-]\d{2}:\d{2})?)?$/;
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/;
const AROUND_MILLIS = 300_000;
const HINT = 'Try: 15m, last 6 hours, today, 14:00 – 15:00, 2026-11-01 14:00 – 15:00';

/**
 * Reads what a person types: `15m`, `last 6 hours`, `now-2h to now-1h`, `today`, `14:00 – 15:00`, `around 14:02`,
 * `2026-11-01`, `2026-11-01 14:00 - 15:00`, RFC 3339, seconds or milliseconds since 1970, `all`. Times without a zone are
 * read in the zone that the page shows. Answers words if it is not understood.
 */
export function parseRange(typed: string, utc: boolean, now = Date.now()): Range | string {
  const trimmed = typed.trim().replace(/^from\s+/i, '');
  if (trimmed === '' || /^(all|everything|\*)$/i.test(trimmed)) return { from: undefined, to: undefined };
  const whole = period(trimmed, utc, now);
  if (whole !== undefined) return whole;
  const [left = '', right, ...more] = trimmed.split(/\s+(?:to|until|-|–|—)\s+|\.\.|–/i).map((part) => part.trim());
  if (more.length > 0) return 'More than one “to”. Try: now-2h to now-1h';
  const from = moment(left, utc, now);
  if (from === undefined) return `“${left}” is not a time. ${HINT}`;
  if (right === undefined) return { from, to: undefined };
  const day = /^\d{4}-\d{2}-\d{2}/.exec(left)?.[0];
  const to = moment(CLOCK.test(right) && day !== undefined ? `${day} ${right}` : right, utc, now);
  if (to === undefined) return `“${right}” is not a time. ${HINT}`;
  if (!to.startsWith('now') && !from.startsWith('now') && to <= from) return 'The range ends before it begins.';
  return { from, to: to === 'now' ? undefined : to };
}

/** Words that name a beginning and an end at once. */
function period(typed: string, utc: boolean, now: number): Range | undefined {
  const around = /^(?:around|~)\s*(.+)$/i.exec(typed)?.[1];
  const middle = around === undefined ? undefined : moment(around, utc, now);
  if (middle !== undefined && !middle.startsWith('now')) {
    const at = Date.parse(middle);
    return { from: nineDigits(at - AROUND_MILLIS), to: nineDigits(at + AROUND_MILLIS) };
  }
  const today = startOfDay(now, utc);
  const day = UNITS.d ?? 0;
  if (/^today$/i.test(typed)) return { from: nineDigits(today), to: undefined };
  if (/^yesterday$/i.test(typed)) return { from: nineDigits(startOfDay(today - 1, utc)), to: nineDigits(today) };
  if (/^this week$/i.test(typed)) {
    const weekday = (utc ? new Date(now).getUTCDay() : new Date(now).getDay()) || 7;
    return { from: nineDigits(startOfDay(today - (weekday - 1) * day + day / 2, utc)), to: undefined };
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) {
    const from = moment(typed, utc, now);
    if (from === undefined) return undefined;
    return { from, to: nineDigits(startOfDay(Date.parse(from) + 1.5 * day, utc)) };
  }
  return undefined;
}

function startOfDay(at: number, utc: boolean): number {
  const date = new Date(at);
  return utc ? date.setUTCHours(0, 0, 0, 0) : date.setHours(0, 0, 0, 0);
}

function moment(typed: string, utc: boolean, now: number): string | undefined {
  if (/^now$/i.test(typed)) return 'now';
  const relative = RELATIVE.exec(typed);
  if (relative) return `now-${relative[1]}${relative[2]?.charAt(0).toLowerCase()}`;
  if (/^\d{10}$/.test(typed)) return nineDigits(Number(typed) * 1000);
  if (/^\d{13}$/.test(typed)) return nineDigits(Number(typed));
  const clockOnly = CLOCK.test(typed);
  const absolute = DAY_TIME.exec(
    clockOnly ? `${dayOf(now, utc)} ${typed.padStart(typed.indexOf(':') === 1 ? typed.length + 1 : 0, '0')}` : typed,
  );
  if (!absolute) return undefined;
  const [, day, clock = '00:00', zone] = absolute;
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const suffix = zone === 'UTC' ? 'Z' : (zone ?? (utc ? 'Z' : ''));
  const at = new Date(`${day}T${seconds.slice(0, 8)}${suffix}`);
  if (Number.isNaN(at.getTime())) return undefined;
  const digits = (seconds.split('.')[1] ?? '').padEnd(9, '0');
  return `${at.toISOString().slice(0, 19)}.${digits}Z`;
}

function dayOf(now: number, utc: boolean): string {
  const at = new Date(now);
  if (utc) return at.toISOString().slice(0, 10);
  return new Date(now - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The bounds in milliseconds at this moment; an absent beginning stays absent. */
export function resolved({ from, to }: Range, now = Date.now()): { from: number | undefined; to: number } {
  const at = (bound: string): number => {
    const match = RELATIVE.exec(bound);
    return match ? now - Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0) : bound === 'now' ? now : Date.parse(bound);
  };
  return { from: from === undefined ? undefined : at(from), to: to === undefined ? now : at(to) };
}

/** The same range with its moments fixed: what is shared shows the same tomorrow. */
export function frozen(range: Range, now = Date.now()): Range {
  const { from, to } = resolved(range, now);
  const keep = (bound: string | undefined, at: number) =>
    bound !== undefined && !bound.startsWith('now') ? bound : nineDigits(at);
  return { from: from === undefined ? undefined : keep(range.from, from), to: keep(range.to, to) };
}

/** The range of the same width before it (-1) or after it (1); nothing lies after now, so it may not move. */
export function shifted(range: Range, by: -1 | 1, now = Date.now()): Range {
  const { from, to } = resolved(range, now);
  if (from === undefined) return range;
  const width = to - from;
  if (by === 1 && to + width / 2 > now)
    return range.to === undefined ? range : { from: nineDigits(from + (now - to)), to: nineDigits(now) };
  return { from: nineDigits(from + by * width), to: nineDigits(to + by * width) };
}

/** The range in few words, as its button shows it. */
export function describe({ from, to }: Range, show: (time: string) => string): string {
  const preset = PRESETS.find((p) => p.from === from && to === undefined);
  if (preset) return preset.label;
  const word = (bound: string) => (bound.startsWith('now') ? bound : show(bound));
  if (from === undefined) return `until ${word(to ?? 'now')}`;
  return to === undefined ? `since ${word(from)}` : `${word(from)} – ${word(to)}`;
}

/** Twice as wide: a relative range reaches back twice as far, an absolute one grows on both sides. */
export function wider({ from, to }: Range): Range {
  if (from === undefined) return { from, to };
  const relative = RELATIVE.exec(from);
  if (relative && to === undefined) return { from: `now-${Number(relative[1]) * 2}${relative[2]}`, to };
  const { from: start = Number.NaN, to: end } = resolved({ from, to });
  if (Number.isNaN(start) || Number.isNaN(end)) return { from, to };
  const half = (end - start) / 2;
  return { from: nineDigits(start - half), to: nineDigits(end + half) };
}

export const nineDigits = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 23)}000000Z`;
