/** Times are text with nine digits; they are cut, never rounded, and never pass through a number where digits matter. */

export type Zone = 'utc' | 'local';

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-11-24 10:15:02.417` in the zone of the page. */
export function dateTime(time: string, zone: Zone): string {
  return `${day(time, zone)} ${clock(time, zone)}`;
}

export function day(time: string, zone: Zone): string {
  if (zone === 'utc') return time.slice(0, 10);
  const at = new Date(time);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** `10:15:02.417`. */
export function clock(time: string, zone: Zone): string {
  if (zone === 'utc') return time.slice(11, 23).replace(/Z$/, '');
  const at = new Date(time);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`;
}

/** `3 s ago`, `2 h ago`; for tables, where the exact time stands in the title. */
export function ago(time: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** Nanoseconds in the unit that reads best. */
export function nanoseconds(value: number): string {
  const size = Math.abs(value);
  if (size < 1e3) return `${value} ns`;
  if (size < 1e6) return `${trim(value / 1e3)} µs`;
  if (size < 1e9) return `${trim(value / 1e6)} ms`;
  return `${trim(value / 1e9)} s`;
}

const trim = (value: number): string => String(Number(value.toPrecision(3)));

export const count = (value: number): string => value.toLocaleString('en-US');
