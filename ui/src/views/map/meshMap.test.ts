import { describe, expect, test } from 'vitest';
import { capped, folded, linkId, meshMap, total } from './meshMap';

const WEB = 'spiffe://corp/ns/shop/sa/web';
const ORDERS = 'spiffe://corp/ns/shop/sa/orders';
const none = { nodes: [], edges: [] };
const edge = (source: string, destination: string, allowed = 1, denied = 0, failed = 0) => ({
  source,
  destination,
  allowed,
  denied,
  failed,
});

describe('the map of a graph', () => {
  test('names places by their namespace and account, and keeps the counts of each link', () => {
    const map = meshMap(
      { nodes: [{ id: WEB, namespace: 'shop' }, { id: ORDERS }], edges: [edge(WEB, ORDERS, 3, 2, 1)] },
      none,
    );
    expect(map.places.map(({ name, namespace }) => `${namespace}:${name}`)).toEqual(['shop:web', 'shop:orders']);
    expect(map.links).toEqual([
      {
        id: linkId(WEB, ORDERS),
        source: WEB,
        destination: ORDERS,
        calls: { allowed: 3, denied: 2, failed: 1, wouldDeny: 0 },
      },
    ]);
  });

  test('knows what a dry run would have denied', () => {
    const graph = { nodes: [{ id: WEB }, { id: ORDERS }], edges: [edge(WEB, ORDERS, 10)] };
    const map = meshMap(graph, { nodes: graph.nodes, edges: [edge(WEB, ORDERS, 4)] });
    expect(map.links[0]?.calls).toEqual({ allowed: 10, denied: 0, failed: 0, wouldDeny: 4 });
  });

  test('takes a bare workload for the one identity of that name, and adds their calls', () => {
    const nodes = [{ id: WEB }, { id: 'shop/web', namespace: 'shop' }, { id: ORDERS }];
    const map = meshMap({ nodes, edges: [edge(WEB, ORDERS, 5), edge('shop/web', ORDERS, 2)] }, none);
    expect(map.places.map(({ ids }) => ids)).toEqual([[WEB, 'shop/web'], [ORDERS]]);
    expect(map.links.map(({ calls }) => calls.allowed)).toEqual([7]);
  });

  test('takes it for neither if two trust domains have that name, and tells those apart', () => {
    const stranger = 'spiffe://partner.example/ns/shop/sa/web';
    const nodes = [{ id: WEB }, { id: ORDERS }, { id: stranger }, { id: 'shop/web', namespace: 'shop' }];
    const map = meshMap({ nodes, edges: [] }, none);
    expect(map.places.map(({ name }) => name)).toEqual(['web', 'orders', 'web @ partner.example', 'web']);
  });
});

describe('a large map', () => {
  const nodes = Array.from({ length: 300 }, (_, i) => ({
    id: `ns${i % 12}/w${i}`,
    namespace: `ns${i % 12}`,
    cluster: i % 2 === 0 ? 'east' : 'west',
  }));
  const edges = nodes.slice(1).map((node, i) => edge(nodes[i % 20]?.id ?? '', node.id, 300 - i));
  const map = meshMap({ nodes, edges }, none);

  test('folds each namespace of each cluster into one place and loses no call', () => {
    const small = folded(map, new Set());
    expect(small.places).toHaveLength(12);
    expect(small.places.reduce((n, place) => n + (place.members ?? 0), 0)).toBe(300);
    const calls = (links: typeof map.links) => links.reduce((n, link) => n + total(link.calls), 0);
    expect(calls(small.links)).toBe(calls(map.links));
  });

  test('keeps the places of an opened namespace apart', () => {
    const opened = folded(map, new Set(['east/ns0']));
    expect(opened.places).toHaveLength(11 + 25);
  });

  test('is cut to the places on the busiest links', () => {
    const cut = capped(map, 50);
    expect(cut.places.length).toBeLessThanOrEqual(50);
    expect(cut.links[0]).toEqual(map.links[0]);
    const kept = new Set(cut.places.map(({ id }) => id));
    for (const link of cut.links) expect(kept.has(link.source) && kept.has(link.destination)).toBe(true);
  });
});
