import { expect, test } from 'vitest';
import type { EventDetail } from '../event/event';
import { forms } from './CopyMenu';

test('an event is passed on as text that means the same everywhere', () => {
  const detail = {
    address: 'security/7',
    event: { time: '2026-11-24T10:15:02.417000001Z', kind: 'request', outcome: 'denied', 'source.identity': "it's/*" },
    derived: {},
    entry: '',
  } as unknown as EventDetail;
  const all = Object.fromEntries(forms(detail, 'http://log'));
  expect(all.Link).toBe('http://log/e/security/7');
  expect(all['Query for more like it']).toBe('kind:request outcome:denied source.identity:"it\'s/\\*"');
  expect(all['Command line']).toContain(`source.identity:"it'\\''s/`);
  expect(all.Sentence).toContain('2026-11-24T10:15:02.417000001Z');
});
