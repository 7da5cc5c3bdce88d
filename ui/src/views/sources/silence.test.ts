import { expect, test } from 'vitest';
import type { Schemas } from '../../event/event';
import { byConcern, concerns, isSilent } from './silence';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const source = (id: string, more: Partial<Schemas['Source']> = {}): Schemas['Source'] => ({
  id,
  received: 10,
  rejected: 0,
  duplicate: 0,
  lastSeen: '2026-11-24T09:59:58.000000000Z',
  ...more,
});
const quiet = source('quiet', { lastSeen: '2026-11-24T09:54:59.000000000Z' });

test('who has not reported for over five minutes is silent', () => {
  expect(isSilent(quiet, NOW)).toBe(true);
  expect(isSilent(source('edge', { lastSeen: '2026-11-24T09:55:01.000000000Z' }), NOW)).toBe(false);
});

test('who loses records comes first, then who is silent', () => {
  const all = [source('well'), quiet, source('losing', { dropped: 3 }), source('well too')];
  expect(byConcern(all, NOW).map(({ id }) => id)).toEqual(['losing', 'quiet', 'well', 'well too']);
  expect(concerns(all, NOW)).toBe('Of 4: 1 silent for over 5 minutes, 1 with rejected, dropped or missing records.');
});

test('where all is well nothing is said', () => {
  expect(concerns([source('well')], NOW)).toBeUndefined();
});
