import { expect, test } from 'vitest';
import { draw } from './drawing';
import { linkId, meshMap } from './meshMap';
import { type Direction, type Spot, walk } from './walk';

const edge = (source: string, destination: string, allowed: number) => ({
  source,
  destination,
  allowed,
  denied: 0,
  failed: 0,
});
const nodes = ['a/edge', 'a/web', 'b/orders', 'b/payments'].map((id) => ({ id, namespace: id.slice(0, 1) }));
const edges = [edge('a/edge', 'a/web', 9), edge('a/web', 'b/orders', 5), edge('a/web', 'b/payments', 2)];
const drawing = draw(meshMap({ nodes, edges }, { nodes: [], edges: [] }));

const go = (from: Spot, ...directions: Direction[]): Spot => directions.reduce((at, d) => walk(drawing, at, d), from);
const place = (id: string): Spot => ({ on: 'place', id });

test('right goes out along the busiest call, and on to who is called', () => {
  expect(go(place('a/web'), 'ArrowRight').id).toBe(linkId('a/web', 'b/orders'));
  expect(go(place('a/web'), 'ArrowRight', 'ArrowRight')).toEqual(place('b/orders'));
});

test('down on a call goes to the next call of the same caller', () => {
  expect(go(place('a/web'), 'ArrowRight', 'ArrowDown', 'ArrowRight')).toEqual(place('b/payments'));
});

test('left goes back to who calls', () => {
  expect(go(place('b/payments'), 'ArrowLeft', 'ArrowLeft')).toEqual(place('a/web'));
});

test('every place is reached by up and down alone', () => {
  let at = place('a/edge');
  for (let i = 0; i < 4; i++) at = walk(drawing, at, 'ArrowUp');
  const seen = new Set<string>();
  for (let i = 0; i < 4; i++) {
    seen.add(at.id);
    at = walk(drawing, at, 'ArrowDown');
  }
  expect([...seen].sort()).toEqual(['a/edge', 'a/web', 'b/orders', 'b/payments']);
});

test('where nothing goes on, one stays', () => {
  expect(go(place('a/edge'), 'ArrowLeft')).toEqual(place('a/edge'));
  expect(go(place('b/payments'), 'ArrowRight')).toEqual(place('b/payments'));
});
