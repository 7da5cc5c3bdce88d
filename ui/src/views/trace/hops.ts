import { type Element, type MeshEvent, text } from '../../event/event';
import { shortIdentity, shortService } from '../../event/sentence';

/** One side's report of a call, its times in nanoseconds since the story began. */
export interface Report {
  readonly element: Element;
  readonly from: number;
  readonly to: number;
}

export type Side = 'client' | 'server' | 'gateway';

/** One call from one party to another, as far as its two sides told of it. */
export interface Hop {
  readonly id: string;
  readonly source: string;
  readonly destination: string;
  readonly client: Report | undefined;
  readonly server: Report | undefined;
  /** A gateway reports a call that comes from outside; it stands for both of its sides. */
  readonly gateway: Report | undefined;
  readonly depth: number;
  /** Why a side is not here, in words. */
  readonly missing: Readonly<Partial<Record<'client' | 'server', string>>>;
}

export interface TraceStory {
  readonly hops: readonly Hop[];
  /** What belongs to the trace and is no call. */
  readonly others: readonly Report[];
  readonly nanos: number;
  readonly start: string;
}

const CALLS = new Set(['request', 'connection', 'handshake', 'token']);

/** Nanoseconds since 1970: all nine digits, which a number does not hold. */
export function nanos(time: string): bigint {
  const millis = Date.parse(`${time.slice(0, 19)}Z`);
  if (Number.isNaN(millis)) return 0n;
  const digits = (/\.(\d{1,9})/.exec(time)?.[1] ?? '').padEnd(9, '0');
  return BigInt(millis) * 1_000_000n + BigInt(digits);
}

/** Pairs what the two sides of each call told, puts each call below the one that caused it, and says what is missing. */
export function storyOf(elements: readonly Element[]): TraceStory {
  const begun = elements.map(({ event }) => nanos(text(event, 'time') ?? ''));
  const [zero = 0n] = [...begun].sort((a, b) => (a < b ? -1 : 1));
  const reports = elements.map((element, i): Report => {
    const from = Number((begun[i] ?? zero) - zero);
    return { element, from, to: from + Number(text(element.event, 'duration') ?? 0) };
  });
  const calls = reports.filter(({ element }) => CALLS.has(text(element.event, 'kind') ?? ''));
  const hops = tree(paired(calls), calls);
  return {
    hops,
    others: reports.filter((report) => !calls.includes(report)),
    nanos: Math.max(1, ...reports.map(({ to }) => to)),
    start: text(elements.find((_, i) => begun[i] === zero)?.event ?? {}, 'time') ?? '',
  };
}

type Unplaced = Omit<Hop, 'depth' | 'missing'>;

function paired(calls: readonly Report[]): Unplaced[] {
  const left = new Set(calls.filter((call) => sideOf(call) === 'server'));
  const hops: Unplaced[] = [];
  for (const report of calls) {
    const side = sideOf(report);
    if (side === 'server') continue;
    if (side === 'gateway') {
      const name = observerOf(report.element.event) ?? 'the gateway';
      hops.push(hop(nameOf(report.element.event, 'source'), name, { gateway: report }));
      continue;
    }
    const server = [...left]
      .filter((other) => fits(report, other))
      .sort((a, b) => Math.abs(a.from - report.from) - Math.abs(b.from - report.from))[0];
    if (server !== undefined) left.delete(server);
    hops.push(ofBoth(report, server));
  }
  for (const server of left) hops.push(ofBoth(undefined, server));
  return hops;
}

function ofBoth(client: Report | undefined, server: Report | undefined): Unplaced {
  const [near, far] = [client ?? server, server ?? client] as [Report, Report];
  const source = nameOf((server ?? near).element.event, 'source');
  return hop(source, nameOf(far.element.event, 'destination'), { client, server });
}

function hop(source: string, destination: string, reports: Partial<Unplaced>): Unplaced {
  const first = reports.gateway ?? reports.client ?? reports.server;
  const id = first?.element.address ?? `${source} → ${destination}`;
  return { id, source, destination, client: undefined, server: undefined, gateway: undefined, ...reports };
}

function sideOf({ element }: Report): Side {
  const side = text(element.event, 'observer.side');
  return side === 'client' || side === 'gateway' ? side : 'server';
}

/** Whether two reports can be of the same call: they agree on the called, and where both know him on the caller. */
function fits(client: Report, server: Report): boolean {
  const [a, b] = [client.element.event, server.element.event];
  if (!agree(names(a, 'destination'), names(b, 'destination'))) return false;
  const [callers, known] = [names(a, 'source'), names(b, 'source')];
  if (callers.size > 0 && known.size > 0 && !agree(callers, known)) return false;
  const method = text(a, 'http.method');
  return method === undefined || text(b, 'http.method') === undefined || method === text(b, 'http.method');
}

const agree = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((name) => b.has(name));

/** Every `namespace/name` under which an end is known. */
function names(event: MeshEvent, end: 'source' | 'destination'): Set<string> {
  const namespace = text(event, `${end}.namespace`);
  const workload = text(event, `${end}.workload`);
  const service = shortService(text(event, `${end}.service`));
  const found = [
    shortIdentity(text(event, `${end}.identity`)),
    workload && (namespace === undefined ? workload : `${namespace}/${workload}`),
    service && /^[^.]+\.[^.]+$/.test(service) ? service.split('.').reverse().join('/') : service,
  ];
  return new Set(found.filter((name): name is string => name !== undefined));
}

function nameOf(event: MeshEvent, end: 'source' | 'destination'): string {
  const [first] = names(event, end);
  return first ?? text(event, `${end}.peer_address`) ?? text(event, `${end}.address`) ?? 'unknown';
}

/** `edge-5d8f7c6b9-x2x4k.istio-system` as `istio-system/edge`: pods are named after what they run. */
function observerOf(event: MeshEvent): string | undefined {
  const name = text(event, 'observer.name');
  const match = name === undefined ? null : /^(.+?)(?:-[a-f0-9]{7,10})?(?:-[a-z0-9]{4,5})?\.([^.]+)$/.exec(name);
  return match ? `${match[2]}/${match[1]}` : name;
}

const beginOf = (hop: Unplaced): number => Math.min(...reportsOf(hop).map(({ from }) => from));

export const reportsOf = ({ client, server, gateway }: Unplaced): readonly Report[] =>
  [gateway, client, server].filter((report) => report !== undefined);

/** Clocks of two machines may differ: a call may seem to begin a little before the one that caused it. */
const TOLERANCE_NANOS = 5_000_000;

/** Each call below the last one that came to its caller before it began. */
function tree(hops: readonly Unplaced[], calls: readonly Report[]): Hop[] {
  const inTime = [...hops].sort((a, b) => beginOf(a) - beginOf(b) || (a.id < b.id ? -1 : 1));
  const below = new Map<Unplaced | undefined, Unplaced[]>();
  for (const [i, one] of inTime.entries()) {
    const cause = inTime
      .filter((other, at) => at !== i && other.destination === one.source && other.source !== one.source)
      .filter((other) => beginOf(other) <= beginOf(one) + TOLERANCE_NANOS)
      .sort((a, b) => beginOf(b) - beginOf(a))[0];
    below.set(cause, [...(below.get(cause) ?? []), one]);
  }
  const placed: Hop[] = [];
  const seen = new Set<Unplaced>();
  const place = (cause: Unplaced | undefined, depth: number) => {
    for (const one of below.get(cause) ?? []) {
      if (seen.has(one)) continue;
      seen.add(one);
      placed.push({ ...one, depth, missing: missingOf(one, cause, calls) });
      place(one, depth + 1);
    }
  };
  place(undefined, 0);
  // What calls each other in a circle, with clocks that hide who began, hangs on nothing: it is shown all the same.
  for (const one of inTime) {
    if (!seen.has(one)) placed.push({ ...one, depth: 0, missing: missingOf(one, undefined, calls) });
  }
  return placed;
}

const NOT_REACHED = /^(upstream_|no_healthy_upstream|no_route|rate_limited|ext_authz)/;

function missingOf(hop: Unplaced, cause: Unplaced | undefined, calls: readonly Report[]): Hop['missing'] {
  if (hop.gateway !== undefined) return {};
  const missing: { client?: string; server?: string } = {};
  if (hop.client === undefined && cause?.gateway === undefined) {
    missing.client = reports(hop.source, calls)
      ? `${hop.source} reports other calls of this trace, but not this one from its side: lost, or not logged there`
      : `nothing here reports for ${hop.source}: it is outside the mesh, or its proxy sends no log`;
  }
  if (hop.server === undefined) {
    const reason = text(hop.client?.element.event ?? {}, 'reason') ?? '';
    missing.server = NOT_REACHED.test(reason)
      ? `the call ended on the caller's side (${reason}); ${hop.destination} may never have seen it`
      : `${hop.destination} did not report it: its proxy sends no log, or the report was lost or is still under way`;
  }
  return missing;
}

const reports = (name: string, calls: readonly Report[]): boolean =>
  calls.some(({ element }) => observerOf(element.event) === name);

/** By how much the called side's clock seems to be ahead of the caller's, and how sure that is. */
export interface Skew {
  readonly nanos: number;
  readonly within: number;
}

/**
 * The called side must have worked within the time that the caller waited. Where its report lies outside of that, the
 * clocks differ; the middle of the possible answers is taken, as NTP does.
 */
export function skewOf({ client, server }: Hop): Skew | undefined {
  if (client === undefined || server === undefined) return undefined;
  const within = (client.to - client.from - (server.to - server.from)) / 2;
  if (within < 0) return undefined;
  return { nanos: (server.from - client.from + server.to - client.to) / 2, within };
}
