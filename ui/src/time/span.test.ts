import { expect, test } from 'vitest';
import { rate, spanSeconds } from './span';

test('a rate is told in the unit in which it is neither tiny nor huge', () => {
  expect(rate(120, 60)).toBe('2/s');
  expect(rate(31, 600)).toBe('3.1/min');
  expect(rate(2, 3600)).toBe('2/h');
  expect(rate(12_345, 60)).toBe('206/s');
  expect(rate(5, undefined)).toBe('');
});

test('a range without a beginning has no length', () => {
  expect(spanSeconds({ from: 'now-15m', to: undefined }, 1e12)).toBe(900);
  expect(spanSeconds({ from: undefined, to: undefined }, 1e12)).toBeUndefined();
});
