import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../dev/fake/query';
import { also, pieces } from '../../query/edit';
import { linkFilter, placeFilter, withoutPlace } from './filters';
import { meshMap, type Place } from './meshMap';

const WEB = 'spiffe://corp/ns/shop/sa/web';
const place = (id: string): Place =>
  meshMap({ nodes: [{ id }], edges: [] }, { nodes: [], edges: [] }).places[0] as Place;
const call = (fields: Record<string, string>) => ({ kind: 'request', ...fields });

describe('the query of a place finds exactly the events that the server counts for it', () => {
  const orders = place('spiffe://corp/ns/shop/sa/orders');
  const to = { 'destination.identity': 'spiffe://corp/ns/shop/sa/orders' };
  const finds = (id: string, source: Record<string, string>) =>
    parseQuery(linkFilter(place(id), orders))(call({ ...to, ...source }));

  test.each([
    [WEB, { 'source.identity': WEB, 'source.workload': 'other' }, true],
    [WEB, { 'source.workload': 'web', 'source.namespace': 'shop' }, false],
    ['shop/web', { 'source.workload': 'web', 'source.namespace': 'shop' }, true],
    ['shop/web', { 'source.workload': 'web', 'source.namespace': 'shop', 'source.identity': WEB }, false],
    ['web', { 'source.workload': 'web' }, true],
    ['web', { 'source.service': 'web' }, true],
    ['web', { 'source.service': 'web', 'source.workload': 'other' }, false],
    ['10.0.0.7', { 'source.address': '10.0.0.7' }, true],
    ['10.0.0.7', { 'source.address': '10.0.0.7', 'source.workload': 'web' }, false],
    ['unknown', {}, true],
    ['unknown', { 'source.address': '10.0.0.7' }, false],
  ])('%s and %o: %s', (id, source, found) => {
    expect(finds(id, source)).toBe(found);
  });

  test('a name with quotes and stars is no query', () => {
    const id = 'a"* OR kind:request/b';
    expect(finds(id, { 'source.identity': id })).toBe(true);
    expect(finds(id, { 'source.identity': 'a"xx OR kind:request/b' })).toBe(false);
  });
});

test('hiding a place adds terms that can be taken away one by one', () => {
  const q = also('outcome:denied', withoutPlace(place(WEB)));
  expect(pieces(q)).toEqual(['outcome:denied', `-source.identity:"${WEB}"`, `-destination.identity:"${WEB}"`]);
  expect(pieces(also('', withoutPlace(place('shop/web'))))[0]).toBe('-(source.namespace:shop source.workload:web)');
});

test('a folded namespace is found by its namespace, told or in the identity', () => {
  const folded = { ...place('shop/web'), namespace: 'shop', members: 3 };
  const finds = parseQuery(placeFilter(folded));
  expect(finds(call({ 'source.namespace': 'shop' }))).toBe(true);
  expect(finds(call({ 'destination.identity': 'spiffe://corp/ns/shop/sa/x' }))).toBe(true);
  expect(finds(call({ 'source.namespace': 'other', 'source.identity': 'spiffe://corp/ns/shop/sa/x' }))).toBe(false);
});
