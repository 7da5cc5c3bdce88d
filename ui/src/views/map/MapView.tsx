import '../../styles/map.css';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { ProblemError } from '../../api/client';
import { QueryBar } from '../../explore/bar/QueryBar';
import { RangePicker } from '../../explore/time/RangePicker';
import { useKeys } from '../../frame/useKeys';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { Segmented } from '../../parts/Segmented';
import { type Navigate, type Own, toView, type View } from '../../state/view';
import { count } from '../../time/format';
import { shifted, wider } from '../../time/range';
import { spanSeconds } from '../../time/span';
import { draw } from './drawing';
import { FindBox } from './FindBox';
import { ends } from './filters';
import { LinkPanel } from './LinkPanel';
import { MapCanvas } from './MapCanvas';
import { MapTable } from './MapTable';
import { capped, folded, groupOf, linkId, meshMap } from './meshMap';
import { Overview } from './Overview';
import { PlacePanel } from './PlacePanel';
import { readSort } from './sort';
import { useFound, useGraph } from './useMap';

const REFRESH_MILLIS = 5000;
/** From so many places on, namespaces are folded unless one asks otherwise. */
const FOLD_FROM = 60;
const MOST_PLACES = 300;

/** Who talks to whom, and how it came out, at any time that the ledger still has. */
export default function MapView({ view, navigate }: { view: View; navigate: Navigate }) {
  const { q, range, own } = view;
  const [asked, setAsked] = useState(0);
  const [rangeOpened, setRangeOpened] = useState(false);
  const queryInput = useRef<HTMLInputElement>(null);
  const findInput = useRef<HTMLInputElement>(null);
  const refresh = view.live ? REFRESH_MILLIS : false;
  const search = useMemo(() => ({ q, range, asked }), [q, range, asked]);
  const { data, error, isPending, isPlaceholderData, dataUpdatedAt } = useGraph(search, refresh);
  const found = useFound(search, own.find ?? '', refresh);
  const problem = error instanceof ProblemError ? error : undefined;

  const whole = useMemo(() => (data === undefined ? undefined : meshMap(data.graph, data.would)), [data]);
  const isLarge = (whole?.places.length ?? 0) > FOLD_FROM;
  const folds = own.group === undefined ? isLarge : own.group === 'namespaces';
  const open = useMemo(() => new Set(own.open?.split(',') ?? []), [own.open]);
  const { map, drawing } = useMemo(() => {
    const shown = whole ?? { places: [], links: [] };
    const fits = capped(folds ? folded(shown, open) : shown, MOST_PLACES);
    return { map: fits, drawing: draw(fits) };
  }, [whole, folds, open]);
  const places = useMemo(() => new Map(map.places.map((place) => [place.id, place])), [map]);
  const foundLinks = useMemo(() => {
    if (found.data === undefined || (own.find ?? '') === '') return undefined;
    const names = new Map(map.places.flatMap((place) => place.ids.map((id) => [id, place.id] as const)));
    return new Set(
      found.data.edges.map(({ source, destination }) =>
        linkId(names.get(source) ?? source, names.get(destination) ?? destination),
      ),
    );
  }, [found.data, own.find, map]);

  const change = (some: Own, how: 'push' | 'replace' = 'push') => navigate({ own: { ...own, ...some } }, how);
  const pick = (id: string | undefined) => change({ pick: id ?? '' }, own.pick === undefined ? 'push' : 'replace');
  const enter = (id: string) => {
    const place = places.get(id);
    if (place === undefined) return;
    const group = groupOf(place);
    const others = [...open].filter((name) => name !== group);
    change({ group: 'namespaces', open: (open.has(group) ? others : [...others, group]).join(',') });
  };
  const steps = {
    pick,
    events: (next: string) => navigate({ ...toView('events'), q: next }),
    ask: (next: string) => navigate({ q: next, own: { ...own, pick: '' } }),
  };
  const shift = (by: -1 | 1) => navigate({ range: shifted(range, by), live: false });
  useKeys({
    '/': () => queryInput.current?.focus(),
    f: () => findInput.current?.focus(),
    t: () => setRangeOpened(true),
    l: () => navigate({ live: !view.live, range: { from: range.from, to: undefined } }),
    z: () => navigate({ range: wider(range) }),
    '[': () => shift(-1),
    ']': () => shift(1),
    Escape: () => pick(undefined),
  });

  const seconds = spanSeconds(range, dataUpdatedAt || Date.now());
  const pickedLink = map.links.find((link) => link.id === own.pick);
  const pickedEnds = pickedLink && ends(pickedLink, places);
  const pickedPlace = own.pick === undefined ? undefined : places.get(own.pick);
  const common = { search, seconds, refresh, ...steps } as const;
  const cut = whole !== undefined && !folds && whole.places.length > map.places.length;
  const notes = cut
    ? [
        `The picture has the ${count(map.places.length)} places on the busiest links, of ${count(whole.places.length)}. Fold by namespace, or narrow the query, to see the others.`,
      ]
    : [];

  return (
    <div className="map-view">
      <div className="bar">
        <QueryBar
          ref={queryInput}
          q={q}
          range={range}
          problem={problem}
          submit={(next) => (next === q ? setAsked(asked + 1) : navigate({ q: next }))}
        />
        <RangePicker
          range={range}
          choose={(next) => navigate({ range: next, live: view.live && next.to === undefined })}
          opened={rangeOpened}
          setOpened={setRangeOpened}
        />
        <button
          type="button"
          className="control"
          aria-pressed={view.live}
          title="Read anew every 5 seconds (l)"
          onClick={() => navigate({ live: !view.live, range: { from: range.from, to: undefined } })}
        >
          {view.live ? <IconPlayerStop size={14} /> : <IconPlayerPlay size={14} />}
          Live
        </button>
      </div>
      <AnswerNotes
        error={error ?? found.error}
        answers={[data?.graph, found.data]}
        also={notes}
        kept={data !== undefined}
      />
      <div className="map-body">
        <div className="map-main">
          <div className="map-tools">
            <Segmented
              label="What is drawn"
              value={folds ? 'namespaces' : 'services'}
              options={[
                { value: 'services', label: 'Services' },
                { value: 'namespaces', label: 'Namespaces' },
              ]}
              choose={(value) => change({ group: value, open: '', pick: '' })}
            />
            <FindBox
              ref={findInput}
              find={own.find ?? ''}
              setFind={(find) => change({ find })}
              links={foundLinks?.size}
            />
            <span className="grow" />
            <span className="map-count">
              {count(map.places.length)} {folds ? 'namespaces and services' : 'services'} · {count(map.links.length)}{' '}
              links
            </span>
          </div>
          {isPending && <div className="map-skeleton skeleton" role="status" aria-label="Reading the map" />}
          {!isPending && map.places.length === 0 && problem === undefined && (
            <div className="empty">
              <h2>No call in this range</h2>
              <p>
                The map is made of requests, connections, handshakes and tokens. Widen the range (z) or clear the query.
              </p>
              <div className="empty-actions">
                <button
                  type="button"
                  className="control"
                  onClick={() => navigate({ range: { from: undefined, to: undefined } })}
                >
                  All time
                </button>
                {q !== '' && (
                  <button type="button" className="control" onClick={() => navigate({ q: '' })}>
                    Clear the query
                  </button>
                )}
              </div>
            </div>
          )}
          {map.places.length > 0 && (
            <>
              <MapCanvas
                map={map}
                drawing={drawing}
                picked={own.pick}
                found={foundLinks}
                stale={isPlaceholderData}
                pick={pick}
                enter={enter}
              />
              <MapTable
                map={map}
                places={places}
                sort={readSort(own.sort)}
                setSort={(sort) => change({ sort }, 'replace')}
                picked={own.pick}
                pick={pick}
                seconds={seconds}
              />
            </>
          )}
        </div>
        <aside className="panel" aria-label="About what is picked" aria-live="polite">
          {pickedLink !== undefined && pickedEnds !== undefined ? (
            <LinkPanel link={pickedLink} source={pickedEnds[0]} destination={pickedEnds[1]} {...common} />
          ) : pickedPlace !== undefined ? (
            <PlacePanel
              place={pickedPlace}
              map={map}
              places={places}
              {...common}
              open={folds && pickedPlace.namespace !== '' ? () => enter(pickedPlace.id) : undefined}
            />
          ) : (
            whole !== undefined && <Overview map={map} places={places} q={q} seconds={seconds} {...steps} />
          )}
        </aside>
      </div>
    </div>
  );
}
