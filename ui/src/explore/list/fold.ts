import { type Element, text } from '../../event/event';
import { sentence } from '../../event/sentence';

export interface Folded {
  readonly rows: readonly Element[];
  /** How often the row at this address stands for events among those loaded; absent for once. */
  readonly times: ReadonlyMap<string, number>;
}

/** What differs between two repetitions of one thing and does not matter: numbers, ids, the query of a path. */
const signature = (element: Element): string =>
  `${text(element.event, 'observer.name') ?? ''}|${sentence(element.event).replace(/[0-9a-f]{8,}|\d+/gi, '#')}`;

/** Repetitions as the newest of them. Exact over the rows that are loaded. */
export function fold(elements: readonly Element[]): Folded {
  const first = new Map<string, string>();
  const times = new Map<string, number>();
  const rows = elements.filter((element) => {
    const key = signature(element);
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, element.address);
      return true;
    }
    times.set(known, (times.get(known) ?? 1) + 1);
    return false;
  });
  return { rows, times };
}
