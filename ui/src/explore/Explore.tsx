import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ProblemError } from '../api/client';
import { useEvents } from '../api/queries';
import { Detail } from '../detail/Detail';
import type { Element } from '../event/event';
import { useKeys } from '../frame/useKeys';
import { useTail } from '../live/useTail';
import { exclude, include, only } from '../query/edit';
import type { Navigate, View } from '../state/view';
import { wider } from '../time/range';
import { Banner } from './Banner';
import { Empty } from './Empty';
import { EventList } from './EventList';
import { Facets } from './Facets';
import { Histogram } from './Histogram';
import { LiveControls } from './LiveControls';
import type { Pivot } from './pivot';
import { QueryBar } from './QueryBar';
import { RangePicker } from './RangePicker';

/** The page's main view: ask, see when, see which, see each, open one. */
export function Explore({ view, navigate }: { view: View; navigate: Navigate }) {
  const [asked, setAsked] = useState(0);
  const [paused, setPaused] = useState(false);
  const search = useMemo(() => ({ q: view.q, range: view.range, asked }), [view.q, view.range, asked]);
  const events = useEvents(search);
  const problem = events.error instanceof ProblemError ? events.error : undefined;
  // While a query is refused, all that is shown stays that of the last one that was answered.
  const answered = useLast(
    problem === undefined && !events.isPlaceholderData && !events.isPending ? search : undefined,
  );
  const shown = problem === undefined ? search : (answered ?? search);
  const tail = useTail(view.q, view.live && problem === undefined, paused);

  const pages = useLast(events.data?.pages);
  const found = useMemo(() => merge(tail.rows, pages?.flatMap((page) => page.events) ?? []), [tail.rows, pages]);
  const last = pages?.at(-1);

  const queryInput = useRef<HTMLInputElement>(null);
  const [rangeOpened, setRangeOpened] = useState(false);
  const toggleLive = () => {
    setPaused(false);
    navigate(view.live ? { live: false } : { live: true, range: { from: view.range.from, to: undefined } });
  };
  const step = (by: number) => {
    const at = found.findIndex((element) => element.address === view.event);
    const next = found[at < 0 ? 0 : Math.min(found.length - 1, Math.max(0, at + by))];
    if (next) navigate({ event: next.address }, view.event === undefined ? 'push' : 'replace');
  };
  // Once the query is answered the keyboard belongs to the rows again; a refused one stays under the caret.
  useEffect(() => {
    if (answered === search && queryInput.current?.value === search.q) queryInput.current.blur();
  }, [answered, search]);
  useKeys({
    '/': () => queryInput.current?.focus(),
    t: () => setRangeOpened(true),
    l: toggleLive,
    p: () => view.live && setPaused(!paused),
    j: () => step(1),
    k: () => step(-1),
    z: () => navigate({ range: wider(view.range) }),
    Escape: () => navigate({ event: undefined }),
  });

  const pivot = useCallback<Pivot>(
    (how, field, value) => {
      const change = { include, exclude, only }[how];
      navigate({ q: change(view.q, field, value) });
    },
    [navigate, view.q],
  );
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
        <LiveControls tail={tail} live={view.live} paused={paused} toggle={toggleLive} pause={setPaused} />
      </div>
      <Banner problem={problem} pages={pages ?? []} tail={tail} />
      <div className="explore-body">
        <Facets search={shown} refresh={refresh} pivot={pivot} />
        <section className="results" aria-label="Events">
          <Histogram
            search={shown}
            refresh={refresh}
            zoom={(range) => navigate({ range, live: false })}
            pivot={pivot}
            open={(address) => navigate({ event: address })}
          />
          {found.length === 0 && !events.isPending && problem === undefined ? (
            <Empty view={view} navigate={navigate} />
          ) : (
            <EventList
              elements={found}
              fresh={tail.rows.length}
              pending={events.isPending}
              stale={events.isPlaceholderData}
              chosen={view.event}
              open={(address) => navigate({ event: address }, view.event === undefined ? 'push' : 'replace')}
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
