import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Range } from '../time/range';
import { type Look, readLook, writeLook } from './look';

export const VIEW_NAMES = ['events', 'map', 'trace', 'policies', 'ledgers', 'sources'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** What only one view knows: what is picked in it, which trace it tells, at which moment it looks. */
const OWN = ['pick', 'find', 'group', 'open', 'sort', 'id', 'at', 'window'] as const;
export type Own = Readonly<Partial<Record<(typeof OWN)[number], string>>>;

/** All that a person can choose and would want to share: it lives in the address bar and nowhere else. */
export interface View {
  readonly view: ViewName;
  readonly q: string;
  readonly range: Range;
  readonly live: boolean;
  /** Address of the event whose detail is open. */
  readonly event: string | undefined;
  readonly own: Own;
  readonly tab: Tab;
  /** The page of the reference that lies over the view: `reasons/policy_denied`. */
  readonly doc: string | undefined;
  readonly look: Look;
}

/** What the detail shows of its event. */
export type Tab = 'event' | 'proof' | 'raw';
const TABS: readonly Tab[] = ['event', 'proof', 'raw'];

export const DEFAULT_FROM = 'now-1h';

/** Of a trace or request id that needs no escape, the address is short enough to be said aloud. */
const TRACE = /^\/t\/([A-Za-z0-9_-]+)$/;
/** The link to one event that never rots: `/e/security/1234`. */
export const permalink = (address: string): string => `/e/${address}`;
const PERMALINK = /^\/e\/([a-z0-9][a-z0-9.-]*\/\d{1,16})$/;

/** Path and search of the address bar. */
export function read(address: string): View {
  const [path = '', search = ''] = address.split(/\?(.*)/s);
  const params = new URLSearchParams(search);
  const linked = PERMALINK.exec(path)?.[1];
  if (linked !== undefined && !params.has('from')) params.set('from', 'all');
  const from = params.get('from');
  const trace = TRACE.exec(path)?.[1];
  if (trace !== undefined) params.set('id', trace);
  return {
    view: trace !== undefined ? 'trace' : (VIEW_NAMES.find((name) => name === params.get('view')) ?? 'events'),
    q: params.get('q') ?? '',
    range: {
      from: from === null ? DEFAULT_FROM : from === 'all' ? undefined : from,
      to: params.get('to') ?? undefined,
    },
    live: params.get('live') === '1',
    event: params.get('event') ?? linked,
    tab: TABS.find((tab) => tab === params.get('tab')) ?? 'event',
    doc: params.get('doc') ?? undefined,
    look: readLook(params),
    own: Object.fromEntries(
      OWN.flatMap((name) =>
        params
          .getAll(name)
          .slice(0, 1)
          .map((value) => [name, value]),
      ),
    ),
  };
}

export function write(view: View): string {
  const params = new URLSearchParams();
  const path = view.view === 'trace' ? `/t/${view.own.id ?? ''}` : '/';
  const short = TRACE.test(path);
  if (view.view !== 'events' && !short) params.set('view', view.view);
  if (view.q !== '') params.set('q', view.q);
  if (view.range.from !== DEFAULT_FROM) params.set('from', view.range.from ?? 'all');
  if (view.range.to !== undefined) params.set('to', view.range.to);
  if (view.live) params.set('live', '1');
  if (view.event !== undefined) params.set('event', view.event);
  for (const name of OWN) {
    const value = view.own[name];
    if (value !== undefined && value !== '' && !(short && name === 'id')) params.set(name, value);
  }
  if (view.tab !== 'event') params.set('tab', view.tab);
  if (view.doc !== undefined) params.set('doc', view.doc);
  writeLook(view.look, params);
  const search = params.toString();
  return `${short ? path : '/'}${search === '' ? '' : `?${search}`}`;
}

/** Going to another view: the query and the range go along, what is open or picked stays behind. */
export const toView = (view: ViewName): Partial<View> => ({
  view,
  event: undefined,
  tab: 'event',
  live: false,
  own: {},
});

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

const here = (): string => window.location.pathname + window.location.search;

export type Navigate = (change: Partial<View>, how?: 'push' | 'replace') => void;

export function useView(): readonly [View, Navigate] {
  const address = useSyncExternalStore(subscribe, here);
  const view = useMemo(() => read(address), [address]);
  const navigate = useCallback<Navigate>((change, how = 'push') => {
    const next = write({ ...read(here()), ...change });
    if (next === here()) return;
    if (how === 'push') window.history.pushState(null, '', next);
    else window.history.replaceState(null, '', next);
    announce();
  }, []);
  return [view, navigate];
}
