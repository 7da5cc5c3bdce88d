import { describe, expect, test } from 'vitest';
import { clock, nanoseconds } from './format';
import { parseRange } from './range';

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
