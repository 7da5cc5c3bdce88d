import { expect, test } from 'vitest';
import { read, type View, write } from './view';

const plain: View = { view: 'events', q: '', range: { from: 'now-1h', to: undefined }, live: false, event: undefined };

test('every choice survives the way through the address bar', () => {
  const views: View[] = [
    plain,
    { ...plain, q: 'outcome:denied http.path:"/a b/*&=#"' },
    { ...plain, range: { from: undefined, to: undefined } },
    { ...plain, range: { from: '2026-11-24T10:00:00.000000000Z', to: '2026-11-24T11:00:00.000000000Z' } },
    { ...plain, live: true, event: 'security/1234' },
    { ...plain, view: 'ledgers' },
    { ...plain, view: 'sources' },
  ];
  for (const view of views) expect(read(write(view).slice(1))).toEqual(view);
});

test('the first visit has a clean address', () => {
  expect(write(plain)).toBe('/');
  expect(read('')).toEqual(plain);
});
