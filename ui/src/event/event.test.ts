import { expect, test } from 'vitest';
import { type Element, stageNow, text } from './event';

const ledger = { name: 'security', origin: 'demo/security', size: 10, root: '', lags: { published: 0, searchable: 0 } };
const element = (address: string): Element => ({ address, stage: 'sequenced', event: {}, derived: {} });

test('an event is published once a checkpoint is over its place, and not before', () => {
  expect(stageNow(element('security/9'), [ledger])).toBe('published');
  expect(stageNow(element('security/10'), [ledger])).toBe('sequenced');
  expect(stageNow(element('traffic/9'), [ledger])).toBe('sequenced');
  expect(stageNow(element('security/3'), [{ ...ledger, witnessed: 4 }])).toBe('witnessed');
});

test('a field that is absent has no text', () => {
  expect(text({}, 'reason')).toBeUndefined();
  expect(text({ 'user.groups': ['a', 'b'] }, 'user.groups')).toBe('a, b');
  expect(text({ 'http.status': 0 }, 'http.status')).toBe('0');
});
