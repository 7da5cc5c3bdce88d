import type { Element, Schemas } from '../../src/event/event.ts';
import { toBase64 } from '../../src/proof/bytes.ts';
import { graph } from './graph.ts';
import { entryBytes, type FakeLedger } from './ledger.ts';
import { type FakeMesh, nineDigits } from './mesh.ts';
import { FakePolicies } from './policies.ts';
import { parseQuery } from './query.ts';
import type { Fields } from './story.ts';

/** The contract's answers over a fake mesh. Scans everything each time: it is for working on the page. */
export class Answers {
  readonly #policies: FakePolicies;

  constructor(readonly mesh: FakeMesh) {
    this.#policies = new FakePolicies(() => mesh.all());
  }

  events(search: URLSearchParams): unknown {
    const limit = Number(search.get('limit') ?? 100);
    const after = search.get('after');
    const found = this.#matching(search).filter(
      (element) => after === null || `${element.event.time}/${element.address}` < after,
    );
    const fields = search.get('fields')?.split(',');
    const events = found.slice(0, limit).map((element) => ({
      ...this.mesh.element(
        this.mesh.ledgers.get(String(element.event.ledger)) as FakeLedger,
        Number(element.event.leafIndex),
      ),
      event: narrowed(element.event, fields),
    }));
    const last = found[events.length - 1];
    const next = last !== undefined && found.length > limit ? `${last.event.time}/${last.address}` : undefined;
    return { events, next, ...this.#whole() };
  }

  event(ledger: FakeLedger, leafIndex: number): unknown {
    const element = this.mesh.element(ledger, leafIndex);
    const change = this.#lastChange(element);
    const entry = toBase64(entryBytes(ledger.entries[leafIndex] as Fields));
    const objects = element.event.kind === 'policy_change' ? this.#policies.around(element) : {};
    const derived = { ...objects, ...(change === undefined ? {} : { 'policy.change': change }) };
    return { ...element, derived, entry, ...this.#whole() };
  }

  graph(search: URLSearchParams): unknown {
    return { ...graph(this.#matching(search)), ...this.#whole() };
  }

  trace(id: string): unknown {
    const events = this.mesh.all().filter(({ event }) => event['trace.id'] === id || event['request.id'] === id);
    return { events: [...events].reverse(), ...this.#whole() };
  }

  policies(search: URLSearchParams): unknown {
    const at = moment(search.get('at')) ?? Date.now();
    return { at: nineDigits(at), policies: this.#policies.inForce(at), ...this.#whole() };
  }

  /** Undefined if the address is none of a change. */
  effect(search: URLSearchParams): unknown {
    const change = this.mesh.all().find(({ address }) => address === search.get('address'));
    if (change?.event.kind !== 'policy_change') return undefined;
    const window = Date.now() - (moment(`now-${search.get('window') ?? '10m'}`) ?? 0);
    return { ...this.#policies.effect(change, window, nineDigits), ...this.#whole() };
  }

  holds(): unknown {
    const placed = nineDigits(this.mesh.started.getTime());
    const hold = {
      id: '3f2a9c0d11e84b70',
      case: 'Case 2026-117',
      by: 'counsel',
      ledger: 'traffic',
      query: 'user.id:alice',
    };
    return { holds: [{ ...hold, placed, address: 'root/1' }], liftable: true, ...this.#whole() };
  }

  histogram(search: URLSearchParams): unknown {
    const found = this.#matching(search);
    const by = search.get('by') ?? 'outcome';
    const times = found.map((element) => Date.parse(String(element.event.time)));
    const to = moment(search.get('to')) ?? Date.now();
    const from = moment(search.get('from')) ?? times.reduce((a, b) => Math.min(a, b), to - 1000);
    const wanted = Number(search.get('buckets') ?? 60);
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400];
    const width = (steps.find((s) => (to - from) / (s * 1000) <= wanted) ?? 604_800) * 1000;
    const first = Math.floor(from / width) * width;
    const buckets = Array.from({ length: Math.max(1, Math.ceil((to - first) / width)) }, (_, i) => ({
      from: nineDigits(first + i * width),
      to: nineDigits(first + (i + 1) * width),
      counts: {} as Record<string, number>,
    }));
    found.forEach((element, i) => {
      const counts = buckets[Math.floor(((times[i] ?? 0) - first) / width)]?.counts;
      const value = String(element.event[by] ?? '');
      if (counts !== undefined) counts[value] = (counts[value] ?? 0) + 1;
    });
    return { buckets, ...this.#whole() };
  }

  facets(search: URLSearchParams): unknown {
    const field = search.get('field') ?? '';
    const counts = new Map<string, number>();
    let absent = 0;
    for (const { event } of this.#matching(search)) {
      const value = event[field];
      if (value === undefined) absent++;
      for (const text of value === undefined ? [] : Array.isArray(value) ? value : [String(value)]) {
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
    const values = [...counts].map(([value, count]) => ({ value, count }));
    values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return { values: values.slice(0, Number(search.get('limit') ?? 10)), absent, ...this.#whole() };
  }

  ledgers(): unknown {
    const ledgers: Schemas['Ledger'][] = [...this.mesh.ledgers.values()].map((ledger) => ({
      name: ledger.name,
      origin: ledger.origin,
      key: ledger.vkey,
      size: ledger.published,
      root: toBase64(ledger.root()),
      checkpointTime: ledger.checkpointTime,
      sequenced: ledger.entries.length,
      integrated: ledger.entries.length,
      searchable: ledger.entries.length,
      witnessed: 0,
      sealed: Math.floor(ledger.published / 4096) * 4096,
      minimum: 0,
      lags: { published: ledger.entries.length - ledger.published, searchable: 0, witnessed: ledger.entries.length },
      retention: { control: '2557d', security: '400d', traffic: '30d' }[ledger.name] ?? 'for ever',
      witnesses: [],
    }));
    return { ledgers, ...this.#whole() };
  }

  sources(): unknown {
    const byId = new Map<string, Schemas['Source']>();
    for (const { event } of this.mesh.all()) {
      const id = String(event['producer.id']);
      const source = byId.get(id) ?? {
        id,
        format: event.mesh === 'kubernetes' ? 'kubernetes-audit' : 'envoy-als',
        mesh: event.mesh === 'kubernetes' ? 'kubernetes' : 'istio',
        cluster: String(event.cluster),
        received: 0,
        ignored: 0,
        rejected: id.startsWith('apiserver') ? 2 : 0,
        duplicate: id.startsWith('apiserver') ? 14 : 0,
        dropped: 0,
        gaps: 0,
        skew: 70_000_000,
        lastSeen: String(event.received),
      };
      source.received++;
      if (source.rejected > 0) {
        source.lastRejection = { time: String(event.received), reason: 'item 3: not an audit Event, kind is Status' };
      }
      byId.set(id, source);
    }
    return { sources: [...byId.values()], since: nineDigits(this.mesh.started.getTime()), ...this.#whole() };
  }

  #matching(search: URLSearchParams): Element[] {
    const predicate = parseQuery(search.get('q') ?? '');
    const from = moment(search.get('from')) ?? Number.NEGATIVE_INFINITY;
    const to = moment(search.get('to')) ?? Number.POSITIVE_INFINITY;
    return this.mesh.all().filter((element) => {
      const time = Date.parse(String(element.event.time));
      return time >= from && time < to && predicate(element.event as Fields);
    });
  }

  #lastChange(element: Element): Schemas['PolicyChange'] | undefined {
    const policy = element.event['policy.name'];
    if (policy === undefined || element.event.outcome !== 'denied') return undefined;
    const before = this.mesh
      .all()
      .find(
        ({ event }) =>
          event.outcome === 'changed' &&
          `${event['object.namespace']}/${event['object.name']}` === policy &&
          String(event.time) < String(element.event.time),
      );
    if (before === undefined) return undefined;
    const seconds = (Date.parse(String(element.event.time)) - Date.parse(String(before.event.time))) / 1000;
    return {
      address: before.address,
      time: String(before.event.time),
      'user.id': String(before.event['user.id']),
      'change.verb': String(before.event['change.verb']),
      'change.summary': String(before.event['change.summary']),
      basis: `last change of ${policy} seen ${seconds.toFixed(1)} s before`,
    };
  }

  #whole(): Schemas['Completeness'] {
    return { complete: true, missing: [], asOf: this.mesh.asOf() };
  }
}

function narrowed(event: Element['event'], fields: string[] | undefined): Element['event'] {
  if (fields === undefined) return event;
  return Object.fromEntries(Object.entries(event).filter(([name]) => fields.includes(name)));
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

function moment(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  const relative = /^now(?:-(\d+)([smhdw]))?$/.exec(text);
  if (!relative) return Date.parse(text);
  return Date.now() - Number(relative[1] ?? 0) * (UNITS[relative[2] ?? 's'] ?? 1) * 1000;
}
