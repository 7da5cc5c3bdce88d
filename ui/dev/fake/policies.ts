import type { Element, Schemas } from '../../src/event/event.ts';
import { end } from './graph.ts';

type PolicyObject = Schemas['PolicyObject'];

/** The policies of the fake mesh: every change turns one of two spots over. */
export class FakePolicies {
  constructor(readonly all: () => readonly Element[]) {}

  /** Changes of the object, oldest first. */
  #changesOf(name: string): Element[] {
    return this.all()
      .filter(({ event }) => event.kind === 'policy_change' && event['object.name'] === name)
      .reverse();
  }

  /** What stood before and after a change. */
  around(change: Element): { before: PolicyObject | undefined; after: PolicyObject } {
    const changes = this.#changesOf(String(change.event['object.name']));
    const at = changes.findIndex(({ address }) => address === change.address);
    const before = changes[at - 1];
    return { before: before && revision(before, at - 1), after: revision(change, at) };
  }

  inForce(at: number): Schemas['Policies']['policies'] {
    const names = new Set(
      this.all().flatMap(({ event }) => (event['object.name'] ? [String(event['object.name'])] : [])),
    );
    return [...names].flatMap((name) => {
      const until = this.#changesOf(name).filter(({ event }) => Date.parse(String(event.time)) <= at);
      const last = until.at(-1);
      if (last === undefined) return [];
      const { event } = last;
      const { object } = revision(last, until.length - 1);
      return [
        {
          address: last.address,
          mesh: 'kubernetes' as const,
          cluster: 'east',
          'object.group': String(event['object.group']),
          'object.kind': String(event['object.kind']),
          'object.namespace': String(event['object.namespace']),
          'object.name': name,
          'object.revision': String(event['object.revision']),
          'user.id': String(event['user.id']),
          'change.verb': String(event['change.verb']),
          time: String(event.time),
          basis: 'answer' as const,
          ...(object === undefined ? {} : { object }),
        },
      ];
    });
  }

  effect(change: Element, windowMillis: number, text: (millis: number) => string): Record<string, unknown> {
    const at = Date.parse(String(change.event.time));
    const service = change.event['object.name'] === 'ledger-db' ? 'ledger-db' : 'orders';
    const callers = new Map<string, Schemas['PolicyEffect']['callers'][number]>();
    for (const { event } of this.all()) {
      const time = Date.parse(String(event.time));
      const outcome = event.outcome;
      if (Math.abs(time - at) > windowMillis || !String(event['destination.service']).startsWith(`${service}.`))
        continue;
      if (outcome !== 'allowed' && outcome !== 'denied' && outcome !== 'failed') continue;
      const [source, destination] = [end(event, 'source'), end(event, 'destination')];
      const none = { allowed: 0, denied: 0, failed: 0 };
      const caller = callers.get(source) ?? {
        source,
        destination,
        verdict: 'unchanged',
        before: { ...none },
        after: { ...none },
      };
      (time < at ? caller.before : caller.after)[outcome]++;
      callers.set(source, caller);
    }
    for (const caller of callers.values()) {
      const { before, after } = caller;
      if (before.denied === 0 && after.denied > 0) caller.verdict = 'newly_denied';
      else if (before.denied > 0 && after.denied > 0) caller.verdict = 'still_denied';
      else if (before.denied > 0) caller.verdict = after.allowed > 0 ? 'newly_allowed' : 'quiet';
    }
    return {
      address: change.address,
      time: change.event.time,
      from: text(at - windowMillis),
      to: text(at + windowMillis),
      scope: {
        query: `destination.service:${service}.shop.svc.cluster.local`,
        basis: `namespace of the policy and its selector app=${service}`,
        uncertainty: 'a selector names labels, which no proxy reports: workloads are taken by their name',
      },
      callers: [...callers.values()].sort((a, b) => (a.verdict < b.verdict ? 1 : -1)),
    };
  }
}

function revision(change: Element, number: number): PolicyObject {
  const { event } = change;
  const principals = [
    'cluster.local/ns/shop/sa/web',
    ...(number % 2 === 0 ? ['cluster.local/ns/shop/sa/reports'] : []),
  ];
  return {
    address: change.address,
    time: String(event.time),
    'object.kind': String(event['object.kind']),
    'object.revision': String(event['object.revision']),
    'user.id': String(event['user.id']),
    basis: 'answer',
    object: {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: event['object.name'], namespace: event['object.namespace'] },
      spec: {
        selector: { matchLabels: { app: 'orders' } },
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { principals } }],
            to: [{ operation: { methods: number % 4 < 2 ? ['GET'] : ['GET', 'POST'], paths: ['/orders/*'] } }],
          },
        ],
      },
    } as unknown as Record<string, never>,
  };
}
