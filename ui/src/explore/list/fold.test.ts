import { expect, test } from 'vitest';
import type { Element } from '../../event/event';
import { fold } from './fold';

const at = (address: string, path: string, reason = 'no_policy_matched'): Element => ({
  address,
  stage: 'published',
  event: { kind: 'request', outcome: 'denied', 'source.identity': 'web', 'http.path': path, reason },
  derived: {},
});

test('events that differ only in numbers become one row that counts them', () => {
  const { rows, times } = fold([at('s/3', '/orders/17'), at('s/2', '/orders'), at('s/1', '/orders/942')]);
  expect(rows.map(({ address }) => address)).toEqual(['s/3', 's/2']);
  expect(times.get('s/3')).toBe(2);
  expect(times.has('s/2')).toBe(false);
});

test('another reason is another row', () => {
  expect(fold([at('s/2', '/a'), at('s/1', '/a', 'policy_denied')]).rows).toHaveLength(2);
});
