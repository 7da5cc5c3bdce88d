import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { visible } from '../../parts/Value';
import type { Drawing } from './drawing';
import { MapLink } from './MapLink';
import { MapPlace } from './MapPlace';
import { around, type Link, type MeshMap, total } from './meshMap';
import { useZoom } from './useZoom';
import { type Direction, type Spot, walk } from './walk';

interface Props {
  readonly map: MeshMap;
  readonly drawing: Drawing;
  readonly picked: string | undefined;
  /** Ids of the links that were looked for; undefined if nothing was. */
  readonly found: ReadonlySet<string> | undefined;
  readonly stale: boolean;
  readonly pick: (id: string | undefined) => void;
  readonly enter: (id: string) => void;
}

const NO_LINKS: readonly Link[] = [];
const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** The map as a picture of real elements: each place and link can be reached by keyboard and has a name. */
export function MapCanvas({ map, drawing, picked, found, stale, pick, enter }: Props) {
  const { frame, zoom, fit, by, drag, show } = useZoom(drawing.width, drawing.height);
  const [spot, setSpot] = useState<Spot>();
  const focusing = useRef(false);
  const byId = useMemo(() => new Map(map.places.map((place) => [place.id, place])), [map]);
  const most = Math.max(1, ...map.links.map(({ calls }) => total(calls)));
  const near = useMemo(() => nearTo(map, picked), [map, picked]);
  const foundAt = useMemo(() => found && foundPlaces(map, found), [map, found]);
  const into = useMemo(() => new Map(map.places.map(({ id }) => [id, around(map, id).into])), [map]);
  const first = drawing.places[0]?.place.id;
  const here = spot !== undefined && isDrawn(drawing, spot) ? spot : undefined;
  const tabStop = here?.id ?? first;

  useEffect(() => {
    if (!focusing.current || here === undefined) return;
    focusing.current = false;
    const element = frame.current?.querySelector<SVGGElement>(`[data-id="${CSS.escape(here.id)}"]`);
    element?.focus({ preventScroll: true });
    const at =
      here.on === 'link'
        ? drawing.links.find(({ link }) => link.id === here.id)?.middle
        : drawing.places.find(({ place }) => place.id === here.id);
    if (at !== undefined) show(at.x + (here.on === 'place' ? 70 : 0), at.y + 18);
  }, [here, drawing, frame, show]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const at = here ?? (first === undefined ? undefined : ({ on: 'place', id: first } as const));
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS.has(event.key)) {
      event.preventDefault();
      focusing.current = true;
      setSpot(walk(drawing, at, event.key as Direction));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (event.shiftKey && at.on === 'place') enter(at.id);
      else pick(at.id);
    } else if (event.key === '+' || event.key === '-') {
      event.preventDefault();
      event.stopPropagation();
      by(event.key === '+' ? 1.25 : 0.8);
    } else if (event.key === '0') {
      fit();
    }
  };

  return (
    <div className="map-canvas" data-stale={stale || undefined}>
      <svg
        ref={frame}
        role="group"
        aria-label="Map of services. Arrow keys go along the calls, Enter selects."
        onPointerDown={drag}
        onClick={(event) => event.target === event.currentTarget && pick(undefined)}
        onKeyDown={onKeyDown}
      >
        <g transform={`translate(${zoom.x} ${zoom.y}) scale(${zoom.scale})`}>
          {drawing.groups.map(({ id, kind, name, x, y, width, height }) => (
            <g key={id} className={`map-group map-${kind}`}>
              <rect x={x} y={y} width={width} height={height} rx={kind === 'cluster' ? 12 : 8} />
              <text x={x + 12} y={y + 16}>
                <tspan className="map-group-kind">{kind} </tspan>
                {visible(name).slice(0, 40) || 'not told'}
              </text>
            </g>
          ))}
          {drawing.links.map((drawn) => (
            <MapLink
              key={drawn.link.id}
              drawn={drawn}
              from={byId.get(drawn.link.source)?.name ?? ''}
              to={byId.get(drawn.link.destination)?.name ?? ''}
              most={most}
              picked={drawn.link.id === picked}
              faint={isFaint(drawn.link.id, near, found)}
              tabStop={drawn.link.id === tabStop}
              pick={pick}
              focused={() => setSpot({ on: 'link', id: drawn.link.id, by: here?.on === 'link' ? here.by : 'source' })}
            />
          ))}
          {drawing.places.map((drawn) => (
            <MapPlace
              key={drawn.place.id}
              drawn={drawn}
              into={into.get(drawn.place.id) ?? NO_LINKS}
              picked={drawn.place.id === picked}
              faint={isFaint(drawn.place.id, near, foundAt)}
              tabStop={drawn.place.id === tabStop}
              pick={pick}
              enter={enter}
              focused={() => setSpot({ on: 'place', id: drawn.place.id })}
            />
          ))}
        </g>
      </svg>
      <div className="map-zoom">
        <Tool label="Nearer (+)" act={() => by(1.25)} icon={<IconPlus size={15} />} />
        <Tool label="Farther (−)" act={() => by(0.8)} icon={<IconMinus size={15} />} />
        <Tool label="All of it (0)" act={fit} icon={<IconFocusCentered size={15} />} />
      </div>
    </div>
  );
}

function Tool({ label, act, icon }: { label: string; act: () => void; icon: React.ReactNode }) {
  return (
    <Tooltip label={label} position="left">
      <ActionIcon variant="default" size="sm" aria-label={label} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

const isDrawn = (drawing: Drawing, spot: Spot): boolean =>
  spot.on === 'place'
    ? drawing.places.some(({ place }) => place.id === spot.id)
    : drawing.links.some(({ link }) => link.id === spot.id);

/** What stays clear when something is picked: itself, its calls and who is at their other end. */
function nearTo(map: MeshMap, picked: string | undefined): ReadonlySet<string> | undefined {
  const links = map.links.filter(
    ({ id, source, destination }) => id === picked || source === picked || destination === picked,
  );
  const isThere = links.length > 0 || map.places.some(({ id }) => id === picked);
  if (picked === undefined || !isThere) return undefined;
  return new Set([picked, ...links.flatMap(({ id, source, destination }) => [id, source, destination])]);
}

const foundPlaces = (map: MeshMap, found: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(map.links.filter(({ id }) => found.has(id)).flatMap(({ source, destination }) => [source, destination]));

const isFaint = (id: string, near: ReadonlySet<string> | undefined, found: ReadonlySet<string> | undefined): boolean =>
  (near !== undefined && !near.has(id)) || (found !== undefined && !found.has(id));
