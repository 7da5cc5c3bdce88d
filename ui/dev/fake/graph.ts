import type { Element, Schemas } from '../../src/event/event.ts';

type Edge = Schemas['Graph']['edges'][number];

/** Who called whom among some events, as the server counts it. */
export function graph(elements: readonly Element[]): Pick<Schemas['Graph'], 'nodes' | 'edges'> {
  const nodes = new Map<string, Schemas['Graph']['nodes'][number]>();
  const edges = new Map<string, Edge>();
  for (const { event } of elements) {
    const outcome = String(event.outcome);
    if (!['request', 'connection', 'handshake', 'token'].includes(String(event.kind))) continue;
    if (outcome !== 'allowed' && outcome !== 'denied' && outcome !== 'failed') continue;
    // A call that both sides report counts once.
    if (event['observer.side'] === 'client') continue;
    const [source, destination] = [end(event, 'source'), end(event, 'destination')];
    nodes.set(source, node(source, event, 'source'));
    nodes.set(destination, node(destination, event, 'destination'));
    const key = `${source} ${destination}`;
    const edge = edges.get(key) ?? { source, destination, allowed: 0, denied: 0, failed: 0 };
    edge[outcome]++;
    edges.set(key, edge);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()].sort((a, b) => calls(b) - calls(a)) };
}

const calls = ({ allowed, denied, failed }: Edge): number => allowed + denied + failed;

type Event = Element['event'];

export function end(event: Event, side: 'source' | 'destination'): string {
  const names = ['identity', 'service', 'peer_address', 'address'].map((name) => event[`${side}.${name}`]);
  return String(names.find((name) => name !== undefined) ?? 'unknown');
}

function node(id: string, event: Event, side: 'source' | 'destination'): Schemas['Graph']['nodes'][number] {
  const namespace = event[`${side}.namespace`];
  const home = id.includes('payments') || id.includes('ledger-db') ? 'west' : 'east';
  return { id, cluster: home, ...(namespace === undefined ? {} : { namespace: String(namespace) }) };
}
