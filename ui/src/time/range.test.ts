import { describe, expect, test } from 'vitest';
import { clock, nanoseconds } from './format';
import { frozen, parseRange, resolved, shifted } from './range';

describe('a typed range', () => {
  test('may be relative, with or without its now', () => {
    expect(parseRange('15m', true)).toEqual({ from: 'now-15m', to: undefined });
    expect(parseRange(' now-6h ', true)).toEqual({ from: 'now-6h', to: undefined });
    expect(parseRange('now-2h to now-1h', true)).toEqual({ from: 'now-2h', to: 'now-1h' });
    expect(parseRange('2h to now', true)).toEqual({ from: 'now-2h', to: undefined });
  });

  test('may be absolute, keeps all nine digits, and its end may be a clock time of the same day', () => {
    expect(parseRange('2026-11-01 14:00 – 15:00', true)).toEqual({
      from: '2026-11-01T14:00:00.000000000Z',
      to: '2026-11-01T15:00:00.000000000Z',
    });
    expect(parseRange('2026-11-24T10:15:02.417000001Z', true)).toEqual({
      from: '2026-11-24T10:15:02.417000001Z',
      to: undefined,
    });
  });

  test('may be said in words, as a clock time, a whole day, or around a moment', () => {
    const now = Date.parse('2026-11-24T16:30:00Z');
    const range = (typed: string) => parseRange(typed, true, now);
    const at = (day: string, clock = '00:00') => `2026-11-${day}T${clock}:00.000000000Z`;
    expect(range('last 6 hours')).toEqual({ from: 'now-6h', to: undefined });
    expect(range('15 min')).toEqual({ from: 'now-15m', to: undefined });
    expect(range('today')).toEqual({ from: at('24'), to: undefined });
    expect(range('yesterday')).toEqual({ from: at('23'), to: at('24') });
    expect(range('this week')).toEqual({ from: at('23'), to: undefined });
    expect(range('14:00 – 15:00')).toEqual({ from: at('24', '14:00'), to: at('24', '15:00') });
    expect(range('9:05 to now')).toEqual({ from: at('24', '09:05'), to: undefined });
    expect(range('around 14:02')).toEqual({ from: at('24', '13:57'), to: at('24', '14:07') });
    expect(range('2026-11-01')).toEqual({ from: at('01'), to: at('02') });
    expect(range('1795543200')).toEqual({ from: at('24', '18:00'), to: undefined });
    expect(range('2026-11-24T10:00:00+02:00')).toEqual({ from: at('24', '08:00'), to: undefined });
  });

  test('that is not understood is answered in words', () => {
    expect(parseRange('yesterday-ish', true)).toContain('is not a time');
    expect(parseRange('2026-11-01 15:00 – 14:00', true)).toContain('ends before');
    expect(parseRange('all', true)).toEqual({ from: undefined, to: undefined });
  });
});

test('a time is cut to milliseconds, never rounded', () => {
  expect(clock('2026-11-24T10:15:02.999999999Z', 'utc')).toBe('10:15:02.999');
});

test('a duration is shown in the unit that reads best', () => {
  expect(nanoseconds(1_234_567)).toBe('1.23 ms');
  expect(nanoseconds(250_000_000)).toBe('250 ms');
});

describe('a range', () => {
  const now = Date.parse('2026-11-24T16:00:00Z');
  const at = (clock: string) => `2026-11-24T${clock}:00.000000000Z`;

  test('is frozen to the moment it was looked at', () => {
    expect(frozen({ from: 'now-1h', to: undefined }, now)).toEqual({ from: at('15:00'), to: at('16:00') });
    const digits = { from: '2026-11-24T10:15:02.417000001Z', to: at('12:00') };
    expect(frozen(digits, now)).toEqual(digits);
  });

  test('moves by its own width, and not beyond now', () => {
    expect(shifted({ from: 'now-1h', to: undefined }, -1, now)).toEqual({ from: at('14:00'), to: at('15:00') });
    expect(shifted({ from: at('14:00'), to: at('15:00') }, 1, now)).toEqual({ from: at('15:00'), to: at('16:00') });
    const open = { from: 'now-1h', to: undefined };
    expect(shifted(open, 1, now)).toEqual(open);
  });

  test('of every unit has its width', () => {
    expect(resolved({ from: 'now-2w', to: 'now-1d' }, now)).toEqual({
      from: now - 14 * 86_400_000,
      to: now - 86_400_000,
    });
  });
});
