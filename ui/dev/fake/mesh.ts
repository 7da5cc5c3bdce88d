import type { Element } from '../../src/event/event.ts';
import { FakeLedger } from './ledger.ts';
import { type Fields, Story } from './story.ts';

const PAST_SECONDS = 3600;

/** A small server's worth of events: an hour of past from a seed, and more for as long as somebody listens. */
export class FakeMesh {
  readonly ledgers = new Map(['control', 'security', 'traffic', 'root'].map((name) => [name, new FakeLedger(name)]));
  readonly listeners = new Set<(element: Element) => void>();
  readonly started = new Date();
  readonly #story = new Story(20_261_124);
  #sorted: readonly Element[] = [];

  constructor(past = 6000) {
    const now = Date.now();
    for (let i = 0; i < past; i++) {
      const share = i / past;
      const wave = 0.97 * share + 0.02 * Math.sin(share * 40);
      this.#tell(now - PAST_SECONDS * 1000 * (1 - wave));
    }
    this.publish();
  }

  /** Lets `events` happen now. */
  advance(events: number): void {
    for (let i = 0; i < events; i++) this.#tell(Date.now() - Math.random() * 40);
  }

  publish(): void {
    for (const ledger of this.ledgers.values()) ledger.publish(nineDigits(Date.now()));
  }

  element(ledger: FakeLedger, leafIndex: number): Element {
    const event = { ...(ledger.entries[leafIndex] as Fields), ledger: ledger.name, leafIndex };
    return { address: `${ledger.name}/${leafIndex}`, stage: ledger.stage(leafIndex), event, derived: {} };
  }

  /** Newest first. Sorted once for as many events as there are. */
  all(): readonly Element[] {
    const total = [...this.ledgers.values()].reduce((n, ledger) => n + ledger.entries.length, 0);
    if (this.#sorted.length !== total) {
      const found: Element[] = [];
      for (const ledger of this.ledgers.values()) {
        for (let i = 0; i < ledger.entries.length; i++) found.push(this.element(ledger, i));
      }
      this.#sorted = found.sort((a, b) => (order(a) < order(b) ? 1 : -1));
    }
    return this.#sorted;
  }

  asOf(): Record<string, number> {
    return Object.fromEntries([...this.ledgers.values()].map((ledger) => [ledger.name, ledger.entries.length]));
  }

  #tell(at: number): void {
    const event = this.#story.next(nineDigits(at));
    event.received = nineDigits(at + 70);
    event['producer.id'] = event['observer.name'] ?? `apiserver-${event.cluster}`;
    const ledger = this.ledgers.get(ledgerOf(event)) as FakeLedger;
    const element = this.element(ledger, ledger.append(event));
    for (const listener of this.listeners) listener(element);
  }
}

function ledgerOf(event: Fields): string {
  if (event.outcome === 'changed') return 'control';
  return event.outcome === 'allowed' && event['shadow.action'] !== 'deny' ? 'traffic' : 'security';
}

const order = (element: Element): string => `${element.event.time}/${element.address}`;

export function nineDigits(milliseconds: number): string {
  const whole = new Date(Math.floor(milliseconds)).toISOString().slice(0, 23);
  return `${whole}${String(Math.floor((milliseconds % 1) * 1e6)).padStart(6, '0')}Z`;
}
