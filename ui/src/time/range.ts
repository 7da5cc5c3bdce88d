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

const RELATIVE = /^(?:now\s*-\s*)?(\d{1,6})\s*([smhdw])$/i;
const DAY_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads what a person types: `15m`, `now-6h`, `now-2h to now-1h`, `2026-11-01 14:00 - 15:00`, RFC 3339, `all`. Times
 * without a zone are read in the zone that the page shows. Answers words if it is not understood.
 */
export function parseRange(typed: string, utc: boolean): Range | string {
  const trimmed = typed.trim();
  if (trimmed === '' || /^(all|everything|\*)$/i.test(trimmed)) return { from: undefined, to: undefined };
  const [left = '', right, ...more] = trimmed.split(/\s+(?:to|-|–|—)\s+|\.\.|–/i).map((part) => part.trim());
  if (more.length > 0) return 'More than one “to”. Try: now-2h to now-1h';
  const from = moment(left, utc);
  if (from === undefined) return `“${left}” is not a time. Try: 15m, now-6h, 2026-11-01 14:00 – 15:00`;
  if (right === undefined) return { from, to: undefined };
  const day = /^\d{4}-\d{2}-\d{2}/.exec(left)?.[0];
  const to = moment(/^\d{2}:\d{2}/.test(right) && day !== undefined ? `${day} ${right}` : right, utc);
  if (to === undefined) return `“${right}” is not a time. Try: now-2h to now-1h`;
  if (!to.startsWith('now') && !from.startsWith('now') && to <= from) return 'The range ends before it begins.';
  return { from, to: to === 'now' ? undefined : to };
}

function moment(typed: string, utc: boolean): string | undefined {
  if (/^now$/i.test(typed)) return 'now';
  const relative = RELATIVE.exec(typed);
  if (relative) return `now-${relative[1]}${relative[2]?.toLowerCase()}`;
  const absolute = DAY_TIME.exec(typed);
  if (!absolute) return undefined;
  const [, day, clock = '00:00', zone] = absolute;
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const at = new Date(`${day}T${seconds.slice(0, 8)}${zone ?? (utc ? 'Z' : '')}`);
  if (Number.isNaN(at.getTime())) return undefined;
  const digits = (seconds.split('.')[1] ?? '').padEnd(9, '0');
  return `${at.toISOString().slice(0, 19)}.${digits}Z`;
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
  const start = Date.parse(from);
  const end = to === undefined ? Date.now() : Date.parse(to);
  if (Number.isNaN(start) || Number.isNaN(end)) return { from, to };
  const half = (end - start) / 2;
  return { from: nineDigits(start - half), to: nineDigits(end + half) };
}

const nineDigits = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 23)}000000Z`;
