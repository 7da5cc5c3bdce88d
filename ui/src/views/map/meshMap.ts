import type { Schemas } from '../../event/event';
import { shortIdentity, shortService } from '../../event/sentence';

/** How many calls came out how. `wouldDeny` are among the others: a dry run says that it would have denied them. */
export interface Calls {
  readonly allowed: number;
  readonly denied: number;
  readonly failed: number;
  readonly wouldDeny: number;
}

/** Somebody who calls or is called: a workload, or a whole namespace drawn as one. */
export interface Place {
  readonly id: string;
  /** The names under which the reports know it; more than one where a report knows only the workload's name. */
  readonly ids: readonly string[];
  readonly name: string;
  readonly namespace: string;
  readonly cluster: string;
  /** How many places it stands for, if it is a namespace that is folded. */
  readonly members: number | undefined;
}

export interface Link {
  readonly id: string;
  readonly source: string;
  readonly destination: string;
  readonly calls: Calls;
}

export interface MeshMap {
  readonly places: readonly Place[];
  readonly links: readonly Link[];
}

export const NO_CALLS: Calls = { allowed: 0, denied: 0, failed: 0, wouldDeny: 0 };

export const total = ({ allowed, denied, failed }: Calls): number => allowed + denied + failed;

export const add = (a: Calls, b: Calls): Calls => ({
  allowed: a.allowed + b.allowed,
  denied: a.denied + b.denied,
  failed: a.failed + b.failed,
  wouldDeny: a.wouldDeny + b.wouldDeny,
});

export const linkId = (source: string, destination: string): string => `${source} → ${destination}`;

type Graph = Pick<Schemas['Graph'], 'nodes' | 'edges'>;

/** The server's graph as places and links, busiest link first. `dry` is the graph of what a dry run would have denied. */
export function meshMap(graph: Graph, dry: Graph): MeshMap {
  const places = withTrustDomain(graph.nodes.map(placeOf));
  const would = new Map(dry.edges.map((edge) => [linkId(edge.source, edge.destination), edge]));
  const links = graph.edges.map(({ source, destination, allowed, denied, failed }) => {
    const id = linkId(source, destination);
    const dryEdge = would.get(id);
    const wouldDeny = dryEdge === undefined ? 0 : dryEdge.allowed + dryEdge.denied + dryEdge.failed;
    return { id, source, destination, calls: { allowed, denied, failed, wouldDeny } };
  });
  const names = aliases(places);
  return merged({ places, links }, (place) => names.get(place.id) ?? place.id);
}

function placeOf(node: Schemas['Graph']['nodes'][number]): Place {
  const short = shortIdentity(node.id) ?? node.id;
  const spiffe = /\/ns\/([^/]+)\/sa\/[^/]+$/.exec(node.id)?.[1];
  const namespace = node.namespace ?? spiffe ?? '';
  const name = short.startsWith(`${namespace}/`) ? short.slice(namespace.length + 1) : short;
  return {
    id: node.id,
    ids: [node.id],
    name: node.id === 'unknown' ? 'unknown' : (shortService(name) ?? name),
    namespace,
    cluster: node.cluster ?? '',
    members: undefined,
  };
}

/** Two meshes may both have a `shop/web`: those that are not of the most common trust domain are called by theirs. */
function withTrustDomain(places: readonly Place[]): Place[] {
  const domain = (place: Place) => /^spiffe:\/\/([^/]+)\//.exec(place.id)?.[1];
  const counts = new Map<string, number>();
  for (const place of places) {
    const name = domain(place);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const home = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
  return places.map((place) => {
    const name = domain(place);
    return name === undefined || name === home ? place : { ...place, name: `${place.name} @ ${name}` };
  });
}

/** `ns/workload` is taken for the one identity that ends in that namespace and account; if two do, for neither. */
function aliases(places: readonly Place[]): Map<string, string> {
  const byShort = new Map<string, string[]>();
  for (const { id } of places) {
    const short = shortIdentity(id);
    if (short !== undefined && short !== id) byShort.set(short, [...(byShort.get(short) ?? []), id]);
  }
  const names = new Map<string, string>();
  for (const { id } of places) {
    const known = byShort.get(id);
    if (known?.length === 1 && known[0] !== undefined) names.set(id, known[0]);
  }
  return names;
}

/** The map with each place drawn as the one that `key` names; what is between a place and itself stays a link. */
function merged({ places, links }: MeshMap, key: (place: Place) => string, make?: (parts: Place[]) => Place): MeshMap {
  const parts = new Map<string, Place[]>();
  const keys = new Map<string, string>();
  for (const place of places) {
    const name = key(place);
    keys.set(place.id, name);
    parts.set(name, [...(parts.get(name) ?? []), place]);
  }
  const sums = new Map<string, Link>();
  for (const link of links) {
    const source = keys.get(link.source) ?? link.source;
    const destination = keys.get(link.destination) ?? link.destination;
    const id = linkId(source, destination);
    const calls = add(sums.get(id)?.calls ?? NO_CALLS, link.calls);
    sums.set(id, { id, source, destination, calls });
  }
  const together = (name: string, all: Place[]): Place => {
    const first = all.find((place) => place.id === name) ?? (all[0] as Place);
    return { ...first, ids: all.flatMap((place) => place.ids) };
  };
  return {
    places: [...parts].map(([name, all]) => (make ? make(all) : together(name, all))),
    links: [...sums.values()].sort(busiestFirst),
  };
}

const busiestFirst = (a: Link, b: Link): number =>
  total(b.calls) - total(a.calls) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const groupOf = ({ cluster, namespace }: Place): string => `${cluster}/${namespace}`;

/** Each namespace as one place, but for those that are opened. */
export function folded(map: MeshMap, open: ReadonlySet<string>): MeshMap {
  const id = (place: Place) => (open.has(groupOf(place)) ? place.id : `namespace ${groupOf(place)}`);
  const clusters = new Map<string, Set<string>>();
  for (const { namespace, cluster } of map.places) {
    clusters.set(namespace, (clusters.get(namespace) ?? new Set()).add(cluster));
  }
  return merged(map, id, (all) => {
    const [first] = all as [Place];
    if (open.has(groupOf(first))) return first;
    return {
      id: id(first),
      ids: all.flatMap((place) => place.ids),
      name: inCluster(first, (clusters.get(first.namespace)?.size ?? 0) > 1),
      namespace: first.namespace,
      cluster: first.cluster,
      members: all.length,
    };
  });
}

/** Where a namespace is in several clusters, the name says which is meant. */
const inCluster = ({ namespace, cluster }: Place, several: boolean): string =>
  `${namespace || 'no namespace told'}${several ? ` · ${cluster || 'cluster not told'}` : ''}`;

/** The places on the busiest links, at most `most`, and the links between them. */
export function capped(map: MeshMap, most: number): MeshMap {
  if (map.places.length <= most) return map;
  const kept = new Set<string>();
  for (const { source, destination } of map.links) {
    const more = Number(!kept.has(source)) + Number(!kept.has(destination) && source !== destination);
    if (kept.size + more > most) continue;
    kept.add(source);
    kept.add(destination);
  }
  return {
    places: map.places.filter(({ id }) => kept.has(id)),
    links: map.links.filter(({ source, destination }) => kept.has(source) && kept.has(destination)),
  };
}

/** All calls that leave the place, and all that come to it. */
export function around(map: MeshMap, id: string): { readonly out: readonly Link[]; readonly into: readonly Link[] } {
  return {
    out: map.links.filter((link) => link.source === id),
    into: map.links.filter((link) => link.destination === id),
  };
}
