import { type Link, total } from './meshMap';

const KEYS = ['source', 'destination', 'allowed', 'denied', 'failed', 'wouldDeny', 'total'] as const;
export type SortKey = (typeof KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly down: boolean;
}

/** As the address bar has it: `denied`, or `-denied` for the other direction. */
export function readSort(text: string | undefined): Sort {
  const key = KEYS.find((known) => known === text?.replace(/^-/, '')) ?? 'total';
  const isName = key === 'source' || key === 'destination';
  return { key, down: isName === (text?.startsWith('-') ?? false) };
}

/** What the address bar has after a click on a column: its usual direction first, then the other one. */
export const writeSort = (sort: Sort, key: SortKey): string =>
  sort.key === key && sort.down === (key !== 'source' && key !== 'destination') ? `-${key}` : key;

export function sorted(links: readonly Link[], { key, down }: Sort, name: (id: string) => string): Link[] {
  const value = (link: Link): string | number => {
    if (key === 'source' || key === 'destination') return name(link[key]);
    return key === 'total' ? total(link.calls) : link.calls[key];
  };
  const sign = down ? -1 : 1;
  return [...links].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return x === y ? total(b.calls) - total(a.calls) || (a.id < b.id ? -1 : 1) : x < y ? -sign : sign;
  });
}
