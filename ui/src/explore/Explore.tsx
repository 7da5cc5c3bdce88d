import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ProblemError } from '../api/client';
import { useEvents, useRecorded } from '../api/queries';
import { Detail } from '../detail/Detail';
import type { Element } from '../event/event';
import { useKeys } from '../frame/useKeys';
import { useTail } from '../live/useTail';
import { type Command, useCommands } from '../palette/commands';
import { copy } from '../parts/CopyButton';
import { checkAddress } from '../proof/checked';
import { exclude, include, literal, only } from '../query/edit';
import { sharedLink } from '../share/ShareButton';
import type { Look } from '../state/look';
import { type Navigate, permalink, type View } from '../state/view';
import { type Range, shifted, wider } from '../time/range';
import { Banner } from './Banner';
import { LiveControls } from './bar/LiveControls';
import { Pills } from './bar/Pills';
import { QueryBar } from './bar/QueryBar';
import { Empty } from './Empty';
import { Facets } from './facets/Facets';
import { ListBar } from './ListBar';
import { DEFAULT_COLUMNS, fieldsFor, isComposed } from './list/columns';
import { EventList, partsAt } from './list/EventList';
import { FindBar } from './list/FindBar';
import { fold } from './list/fold';
import type { Pivot } from './pivot';
import { Histogram } from './time/Histogram';
import { RangePicker } from './time/RangePicker';
import { useFind } from './useFind';

/** The page's main view: ask, see when, see which, see each, open one. */
export function Explore({ view, navigate }: { view: View; navigate: Navigate }) {
  const { look } = view;
  const [asked, setAsked] = useState(0);
  const [paused, setPaused] = useState(false);
  const search = useMemo(() => ({ q: view.q, range: view.range, asked }), [view.q, view.range, asked]);
  const columns = look.columns ?? DEFAULT_COLUMNS;
  // By name: a column that only got wider asks for nothing new.
  const named = columns.map(({ name }) => name).join();
  // The names are what it depends on
  const fields = useMemo(() => fieldsFor(columns), [named]);
  const events = useEvents(search, fields);
  const problem = events.error instanceof ProblemError ? events.error : undefined;
  // While a query is refused, all that is shown stays that of the last one that was answered.
  const answered = useLast(
    problem === undefined && !events.isPlaceholderData && !events.isPending ? search : undefined,
  );
  const shown = problem === undefined ? search : (answered ?? search);
  const tail = useTail(view.q, view.live && problem === undefined, paused);

  const pages = useLast(events.data?.pages);
  const found = useMemo(() => merge(tail.rows, pages?.flatMap((page) => page.events) ?? []), [tail.rows, pages]);
  const folded = useMemo(() => (look.fold ? fold(found) : { rows: found, times: ONCE }), [look.fold, found]);
  const { rows } = folded;
  const last = pages?.at(-1);

  const [chosen, setChosen] = useState<string>();
  const cursor = view.event ?? chosen;
  const [part, setPart] = useState(0);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(NONE);
  const go = useCallback(
    (address: string) => {
      setChosen(address);
      if (view.event !== undefined) navigate({ event: address }, 'replace');
    },
    [navigate, view.event],
  );
  const open = useCallback(
    (address: string) => {
      setChosen(address);
      navigate({ event: address }, view.event === undefined ? 'push' : 'replace');
    },
    [navigate, view.event],
  );
  const step = (by: number) => {
    const at = rows.findIndex((element) => element.address === cursor);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) go(next.address);
  };
  const listed = useMemo(() => columns.map(({ name }) => name).filter((name) => !isComposed(name)), [columns]);
  const find = useFind(rows, listed, go);

  // The first event of an empty server fills the page by itself.
  const empty = useRecorded() === 0;
  const wasEmpty = useRef(empty);
  useEffect(() => {
    if (wasEmpty.current && !empty) setAsked((times) => times + 1);
    wasEmpty.current = empty;
  }, [empty]);

  const queryInput = useRef<HTMLInputElement>(null);
  const [rangeOpened, setRangeOpened] = useState(false);
  const change = useCallback(
    (next: Partial<Look>) => navigate({ look: { ...look, ...next } }, 'replace'),
    [navigate, look],
  );
  const zoom = useCallback((range: Range) => navigate({ range, live: false }), [navigate]);
  const toggleLive = () => {
    setPaused(false);
    navigate(view.live ? { live: false } : { live: true, range: { from: view.range.from, to: undefined } });
  };

  const pivot = useCallback<Pivot>(
    (how, field, value) => {
      const edit = { include, exclude, only }[how];
      navigate({ q: edit(view.q, field, value) });
    },
    [navigate, view.q],
  );
  const pointed = () => (cursor === undefined ? undefined : partsAt(cursor)[part]?.dataset);
  const pivotPointed = (how: 'include' | 'exclude') => {
    const value = pointed();
    if (value?.field !== undefined) pivot(how, value.field, value.value ?? '');
  };
  const expand = () => {
    if (cursor === undefined) return;
    const next = new Set(expanded);
    if (!next.delete(cursor)) next.add(cursor);
    setExpanded(next);
  };
  const walk = (by: number) => {
    const parts = cursor === undefined ? 0 : partsAt(cursor).length;
    setPart(Math.max(0, Math.min(parts - 1, part + by)));
  };
  const verifyScreen = () => {
    for (const { dataset } of document.querySelectorAll<HTMLElement>('.list-rows .row[data-address]')) {
      if (dataset.address !== undefined) void checkAddress(dataset.address).catch(() => undefined);
    }
  };
  const leave = () => {
    if (find.text !== undefined) find.close();
    else if (view.event !== undefined) navigate({ event: undefined });
    else setChosen(undefined);
  };
  useKeys({
    '/': () => queryInput.current?.focus(),
    t: () => setRangeOpened(true),
    l: toggleLive,
    p: () => view.live && setPaused(!paused),
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    ArrowRight: () => walk(1),
    ArrowLeft: () => walk(-1),
    Enter: () => cursor !== undefined && open(cursor),
    ' ': expand,
    '+': () => pivotPointed('include'),
    '-': () => pivotPointed('exclude'),
    c: () => void copy(pointed()?.value ?? ''),
    y: () => cursor !== undefined && void copy(window.location.origin + permalink(cursor)),
    v: () => cursor !== undefined && void checkAddress(cursor).catch(() => undefined),
    V: verifyScreen,
    w: () => change({ wrap: !look.wrap }),
    f: () => change({ fold: !look.fold }),
    z: () => navigate({ range: wider(view.range) }),
    '[': () => navigate({ range: shifted(view.range, -1) }),
    ']': () => navigate({ range: shifted(view.range, 1) }),
    'mod+f': find.text === undefined ? find.open : undefined,
    Escape: leave,
  });
  useCommands('Events', useExploreCommands(view, navigate, { toggleLive, change, find: find.open, verifyScreen }));
  const refresh = view.live && !paused ? 4000 : false;

  return (
    <div className="explore">
      <div className="bar">
        <QueryBar
          ref={queryInput}
          q={view.q}
          range={view.range}
          problem={problem}
          submit={(q) => {
            if (q === view.q) setAsked(asked + 1);
            else navigate({ q });
          }}
        />
        <RangePicker
          range={view.range}
          choose={(range) => navigate({ range, live: view.live && range.to === undefined })}
          opened={rangeOpened}
          setOpened={setRangeOpened}
        />
        <LiveControls
          tail={tail}
          live={view.live}
          paused={paused}
          toggle={toggleLive}
          pause={setPaused}
          clear={tail.clear}
        />
      </div>
      <Pills
        q={view.q}
        off={look.off}
        change={(q, off) => navigate({ q, look: { ...look, off } })}
        edit={(term) => select(queryInput.current, term)}
      />
      <Banner problem={problem} pages={pages ?? []} tail={tail} q={view.q} ask={(q) => navigate({ q })} />
      <div className="explore-body">
        <Facets search={shown} refresh={refresh} pivot={pivot} />
        <section className="results" aria-label="Events">
          <Histogram
            search={shown}
            refresh={refresh}
            look={look}
            change={change}
            zoom={zoom}
            pivot={pivot}
            open={open}
          />
          <ListBar
            view={view}
            navigate={navigate}
            change={change}
            loaded={found.length}
            shown={rows.length}
            fields={[...new Set([...listed, ...fields])]}
            find={find.open}
            verifyScreen={verifyScreen}
          />
          {find.text !== undefined && (
            <FindBar
              text={find.text}
              change={find.change}
              found={find.found.length}
              at={find.at}
              step={find.step}
              everywhere={() => {
                navigate({ q: `${view.q} ${literal(find.text ?? '')}`.trim() });
                find.close();
              }}
              close={find.close}
            />
          )}
          {found.length === 0 && !events.isPending && problem === undefined ? (
            <Empty view={view} navigate={navigate} />
          ) : (
            <EventList
              elements={rows}
              times={folded.times}
              look={look}
              setColumns={(next) => change({ columns: next })}
              fresh={tail.rows.length}
              pending={events.isPending}
              stale={events.isPlaceholderData}
              chosen={view.event}
              cursor={cursor}
              part={part}
              expanded={expanded}
              open={open}
              pivot={pivot}
              more={events.hasNextPage && !events.isFetchingNextPage ? events.fetchNextPage : undefined}
              end={last !== undefined && last.next === undefined}
              scrolledAway={(away) => view.live && away && setPaused(true)}
              resume={view.live && paused ? () => setPaused(false) : undefined}
              waiting={tail.waiting}
            />
          )}
        </section>
        {view.event !== undefined && (
          <Detail
            address={view.event}
            tab={view.tab}
            close={() => navigate({ event: undefined })}
            step={step}
            pivot={pivot}
            navigate={navigate}
          />
        )}
      </div>
    </div>
  );
}

const ONCE: ReadonlyMap<string, number> = new Map();
const NONE: ReadonlySet<string> = new Set();

interface Acts {
  readonly toggleLive: () => void;
  readonly change: (change: Partial<Look>) => void;
  readonly find: () => void;
  readonly verifyScreen: () => void;
}

/** The palette's entries of this view. They act on what is there when they are run, so they are made once. */
function useExploreCommands(view: View, navigate: Navigate, acts: Acts): readonly Command[] {
  const now = useRef({ view, acts });
  now.current = { view, acts };
  return useMemo(() => {
    const act = (run: (acts: Acts, view: View) => void) => () => run(now.current.acts, now.current.view);
    return [
      { title: 'Only what was denied', run: act((_, { q }) => navigate({ q: only(q, 'outcome', 'denied') })) },
      { title: 'Only what failed', run: act((_, { q }) => navigate({ q: only(q, 'outcome', 'failed') })) },
      { title: 'Only policy changes', run: act((_, { q }) => navigate({ q: only(q, 'kind', 'policy_change') })) },
      { title: 'Clear the query', run: act(() => navigate({ q: '' })) },
      { title: 'Live on or off', keys: 'l', run: act(({ toggleLive }) => toggleLive()) },
      { title: 'Zoom out in time', keys: 'z', run: act((_, { range }) => navigate({ range: wider(range) })) },
      {
        title: 'Earlier by this range',
        keys: '[',
        run: act((_, { range }) => navigate({ range: shifted(range, -1) })),
      },
      { title: 'Search all time', run: act(() => navigate({ range: { from: undefined, to: undefined } })) },
      { title: 'Wrap long rows', keys: 'w', run: act((a, { look }) => a.change({ wrap: !look.wrap })) },
      { title: 'Dense rows', run: act((a, { look }) => a.change({ dense: !look.dense })) },
      { title: 'Fold repetitions', keys: 'f', run: act((a, { look }) => a.change({ fold: !look.fold })) },
      { title: 'Compare with the period before', run: act((a, { look }) => a.change({ compare: !look.compare })) },
      { title: 'Find in the loaded rows', keys: 'Ctrl F', run: act((a) => a.find()) },
      { title: 'Verify all rows on the screen', keys: 'V', run: act((a) => a.verifyScreen()) },
      { title: 'Copy a link that keeps this moment', run: act((_, shown) => void copy(sharedLink(shown))) },
    ];
  }, [navigate]);
}

function select(input: HTMLInputElement | null, term: string): void {
  const at = input?.value.indexOf(term) ?? -1;
  input?.focus();
  if (at >= 0) input?.setSelectionRange(at, at + term.length);
}

/** The last value that was there: while a query does not parse, the old result stays. */
function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  useEffect(() => {
    if (value !== undefined) last.current = value;
  }, [value]);
  return value ?? last.current;
}

/** What arrived live above what was found, each event once. */
function merge(live: readonly Element[], found: readonly Element[]): readonly Element[] {
  if (live.length === 0) return found;
  const known = new Set(live.map((element) => element.address));
  return [...live, ...found.filter((element) => !known.has(element.address))];
}
