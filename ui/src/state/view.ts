import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Range } from '../time/range';

export type ViewName = 'events' | 'ledgers' | 'sources';

/** All that a person can choose and would want to share: it lives in the address bar and nowhere else. */
export interface View {
  readonly view: ViewName;
  readonly q: string;
  readonly range: Range;
  readonly live: boolean;
  /** Address of the event whose detail is open. */
  readonly event: string | undefined;
}

export const DEFAULT_FROM = 'now-1h';

export function read(search: string): View {
  const params = new URLSearchParams(search);
  const from = params.get('from');
  const name = params.get('view');
  return {
    view: name === 'ledgers' || name === 'sources' ? name : 'events',
    q: params.get('q') ?? '',
    range: {
      from: from === null ? DEFAULT_FROM : from === 'all' ? undefined : from,
      to: params.get('to') ?? undefined,
    },
    live: params.get('live') === '1',
    event: params.get('event') ?? undefined,
  };
}

export function write(view: View): string {
  const params = new URLSearchParams();
  if (view.view !== 'events') params.set('view', view.view);
  if (view.q !== '') params.set('q', view.q);
  if (view.range.from !== DEFAULT_FROM) params.set('from', view.range.from ?? 'all');
  if (view.range.to !== undefined) params.set('to', view.range.to);
  if (view.live) params.set('live', '1');
  if (view.event !== undefined) params.set('event', view.event);
  const search = params.toString();
  return search === '' ? '/' : `/?${search}`;
}

const listeners = new Set<() => void>();
const announce = () => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', announce);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', announce);
  };
}

export type Navigate = (change: Partial<View>, how?: 'push' | 'replace') => void;

export function useView(): readonly [View, Navigate] {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const view = useMemo(() => read(search), [search]);
  const navigate = useCallback<Navigate>((change, how = 'push') => {
    const current = read(window.location.search);
    const next = write({ ...current, ...change });
    if (next === write(current)) return;
    if (how === 'push') window.history.pushState(null, '', next);
    else window.history.replaceState(null, '', next);
    announce();
  }, []);
  return [view, navigate];
}
