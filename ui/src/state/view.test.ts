import { expect, test } from 'vitest';
import { PLAIN } from './look';
import { permalink, read, type View, write } from './view';

const plain: View = {
  view: 'events',
  q: '',
  range: { from: 'now-1h', to: undefined },
  live: false,
  event: undefined,
  own: {},
  tab: 'event',
  doc: undefined,
  look: PLAIN,
};

test('every choice survives the way through the address bar', () => {
  const views: View[] = [
    plain,
    { ...plain, q: 'outcome:denied http.path:"/a b/*&=#"' },
    { ...plain, range: { from: undefined, to: undefined } },
    { ...plain, range: { from: '2026-11-24T10:00:00.000000000Z', to: '2026-11-24T11:00:00.000000000Z' } },
    { ...plain, live: true, event: 'security/1234' },
    { ...plain, event: 'security/1234', tab: 'proof', doc: 'reasons/policy_denied' },
    { ...plain, look: { ...PLAIN, columns: [{ name: 'time' }, { name: 'source.identity', width: 220 }] } },
    { ...plain, look: { ...PLAIN, dense: true, wrap: true, fold: true, by: 'policy.name', compare: true } },
    { ...plain, look: { ...PLAIN, off: ['outcome:denied', '-http.path:"/a b&c"'] } },
    { ...plain, view: 'ledgers' },
    { ...plain, view: 'sources' },
    {
      ...plain,
      view: 'map',
      own: { pick: 'spiffe://a/ns/b/sa/c', find: 'outcome:denied', open: 'east/shop,west/shop' },
    },
    { ...plain, view: 'policies', own: { at: '2026-11-24T10:00:00.000000000Z', pick: 'control/12' } },
    { ...plain, view: 'trace', own: { id: '4bf92f3577b34da6a3ce929d0e0e4736' }, event: 'security/7' },
    { ...plain, view: 'trace', own: { id: 'a.b/../c?d' } },
  ];
  for (const view of views) expect(read(write(view))).toEqual(view);
});

test('the first visit has a clean address', () => {
  expect(write(plain)).toBe('/');
  expect(read('/')).toEqual(plain);
});

test('a trace has an address of its own', () => {
  expect(write({ ...plain, view: 'trace', own: { id: '4bf92f35' } })).toBe('/t/4bf92f35');
});

test('a permalink opens its event, whatever the time range is', () => {
  const view = read(permalink('security/1234'));
  expect(view).toEqual({ ...plain, event: 'security/1234', range: { from: undefined, to: undefined } });
  expect(read('/e/../secret/1').event).toBeUndefined();
});

test('columns that no field can be called like are left out of a link', () => {
  expect(read('/?cols=time,<b>,,x:9999').look.columns).toEqual([{ name: 'time' }, { name: 'x', width: 2000 }]);
});
