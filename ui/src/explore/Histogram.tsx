import { useRef, useState } from 'react';
import { type Search, useHistogram, usePolicyChanges } from '../api/queries';
import { OUTCOMES, type Outcome, type Schemas, text } from '../event/event';
import { OutcomeMark } from '../parts/OutcomeMark';
import { useZone } from '../state/zone';
import { clock, count, day } from '../time/format';
import type { Range } from '../time/range';
import type { Pivot } from './pivot';

type Bucket = Schemas['Histogram']['buckets'][number];

/** From the ground up: what is rare and matters stands on the base line, where heights can be compared. */
const STACK: readonly Outcome[] = ['failed', 'denied', 'changed', 'unknown', 'allowed'];
const WIDTH = 1000;
const HEIGHT = 84;

interface Props {
  readonly search: Search;
  readonly refresh: number | false;
  readonly zoom: (range: Range) => void;
  readonly pivot: Pivot;
  readonly open: (address: string) => void;
}

/** How many events, when, and how they came out. Drag to zoom in. */
export function Histogram({ search, refresh, zoom, pivot, open }: Props) {
  const { data, isPlaceholderData } = useHistogram(search, 90, refresh);
  const [zone] = useZone();
  const [hover, setHover] = useState<number>();
  const [drag, setDrag] = useState<number>();
  const plot = useRef<SVGSVGElement>(null);
  const buckets = data?.buckets ?? [];
  const totals = sum(buckets);
  const top = Math.max(0, ...buckets.map((bucket) => sumOf(bucket.counts)));
  const step = WIDTH / Math.max(1, buckets.length);

  const bucketAt = (event: React.PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined || buckets.length === 0) return undefined;
    const at = Math.floor(((event.clientX - box.left) / box.width) * buckets.length);
    return Math.min(buckets.length - 1, Math.max(0, at));
  };
  const release = () => {
    if (drag !== undefined && hover !== undefined) {
      const from = buckets[Math.min(drag, hover)]?.from;
      const to = buckets[Math.max(drag, hover)]?.to;
      if (from !== undefined && to !== undefined) zoom({ from, to });
    }
    setDrag(undefined);
  };
  const hovered = hover === undefined ? undefined : buckets[hover];

  return (
    <div className="histogram" data-stale={isPlaceholderData || undefined}>
      <div className="histogram-head">
        <b>{count(OUTCOMES.reduce((n, outcome) => n + (totals[outcome] ?? 0), 0))}</b> events
        {OUTCOMES.filter((outcome) => (totals[outcome] ?? 0) > 0).map((outcome) => (
          <button
            type="button"
            key={outcome}
            className="legend"
            title="Click: only these · Alt-click: leave them out"
            onClick={(event) => pivot(event.altKey ? 'exclude' : 'include', 'outcome', outcome)}
          >
            <OutcomeMark outcome={outcome} />
            {outcome} <b>{count(totals[outcome] ?? 0)}</b>
          </button>
        ))}
        <span className="grow" />
        <span className="histogram-hover">
          {hovered === undefined ? 'drag to zoom in' : <BucketWords bucket={hovered} zone={zone} />}
        </span>
      </div>
      <div className="histogram-plot">
        <svg
          ref={plot}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label="Events over time by outcome"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDrag(bucketAt(event));
          }}
          onPointerMove={(event) => setHover(bucketAt(event))}
          onPointerLeave={() => drag === undefined && setHover(undefined)}
          onPointerUp={release}
        >
          {drag !== undefined && hover !== undefined && (
            <rect
              className="brush"
              x={Math.min(drag, hover) * step}
              width={(Math.abs(drag - hover) + 1) * step}
              height={HEIGHT}
            />
          )}
          {hover !== undefined && drag === undefined && (
            <rect className="hovered" x={hover * step} width={step} height={HEIGHT} />
          )}
          {buckets.map((bucket, i) => (
            <Bar key={bucket.from} bucket={bucket} x={i * step} width={step} top={top} />
          ))}
        </svg>
        {top > 0 && <span className="histogram-top">{count(top)}</span>}
        <Marks search={search} refresh={refresh} buckets={buckets} open={open} />
      </div>
      <div className="histogram-axis" aria-hidden="true">
        {ticks(buckets).map((time) => (
          <span key={time}>{axis(time, buckets, zone)}</span>
        ))}
      </div>
    </div>
  );
}

function Bar({ bucket, x, width, top }: { bucket: Bucket; x: number; width: number; top: number }) {
  let y = HEIGHT;
  const gap = Math.min(2, width * 0.18);
  return STACK.map((outcome) => {
    const events = bucket.counts[outcome === 'unknown' ? '' : outcome] ?? bucket.counts[outcome] ?? 0;
    if (events === 0) return null;
    // What happened is seen, however little it is beside the rest.
    const height = Math.max((events / top) * (HEIGHT - 10), outcome === 'allowed' ? 0.5 : 2);
    y -= height;
    return (
      <rect key={outcome} className={`bar-${outcome}`} x={x + gap / 2} y={y} width={width - gap} height={height} />
    );
  });
}

/** Policy changes stand over the bars, so that one sees what changed just before the denials began. */
function Marks({
  search,
  refresh,
  buckets,
  open,
}: {
  search: Search;
  refresh: number | false;
  buckets: readonly Bucket[];
  open: Props['open'];
}) {
  const { data } = usePolicyChanges(search.range, search.asked, refresh);
  const [zone] = useZone();
  const from = Date.parse(buckets[0]?.from ?? '');
  const to = Date.parse(buckets.at(-1)?.to ?? '');
  if (data === undefined || Number.isNaN(from) || Number.isNaN(to)) return null;
  // So many that they would touch each other are drawn thin.
  const size = data.events.length > 40 ? 4 : 7;
  return (
    <svg className="marks" aria-hidden={data.events.length === 0}>
      <title>Policy changes</title>
      {data.events.map(({ address, event }) => {
        const time = text(event, 'time') ?? '';
        const share = (Date.parse(time) - from) / (to - from);
        if (!(share >= 0 && share <= 1)) return null;
        const words = `${clock(time, zone)} ${text(event, 'object.kind') ?? 'policy'} ${text(event, 'object.name') ?? ''} changed by ${text(event, 'user.id') ?? 'unknown'}`;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside an SVG
          <g
            key={address}
            role="button"
            tabIndex={0}
            aria-label={words}
            onClick={() => open(address)}
            onKeyDown={(key) => key.key === 'Enter' && open(address)}
          >
            <title>{words}</title>
            <rect
              className="mark-hit"
              x={`${share * 100}%`}
              y="0"
              width="9"
              height="12"
              transform="translate(-4.5 0)"
            />
            <rect
              className="mark-flag"
              x={`${share * 100}%`}
              y="2"
              width={size}
              height="7"
              rx="1"
              transform={`translate(${-size / 2} 0)`}
            />
          </g>
        );
      })}
    </svg>
  );
}

function BucketWords({ bucket, zone }: { bucket: Bucket; zone: 'utc' | 'local' }) {
  const parts = Object.entries(bucket.counts).map(([outcome, events]) => `${outcome || 'unknown'} ${count(events)}`);
  return (
    <>
      {clock(bucket.from, zone).slice(0, 8)} – {clock(bucket.to, zone).slice(0, 8)}
      {' · '}
      {parts.length === 0 ? 'no event' : parts.join(' · ')}
    </>
  );
}

function sum(buckets: readonly Bucket[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { counts } of buckets) {
    for (const [outcome, events] of Object.entries(counts)) {
      const name = outcome === '' ? 'unknown' : outcome;
      totals[name] = (totals[name] ?? 0) + events;
    }
  }
  return totals;
}

const sumOf = (counts: Bucket['counts']): number => Object.values(counts).reduce((a, b) => a + b, 0);

const TICKS = 7;

/** The beginnings of buckets at even distances. */
function ticks(buckets: readonly Bucket[]): string[] {
  if (buckets.length < TICKS) return buckets.map((bucket) => bucket.from);
  return Array.from({ length: TICKS }, (_, i) => buckets[Math.floor((i * buckets.length) / TICKS)]?.from ?? '');
}

function axis(time: string, buckets: readonly Bucket[], zone: 'utc' | 'local'): string {
  const span = Date.parse(buckets.at(-1)?.to ?? '') - Date.parse(buckets[0]?.from ?? '');
  if (span > 2 * 86_400_000) return day(time, zone).slice(5);
  const words = clock(time, zone);
  if (span > 86_400_000) return `${day(time, zone).slice(5)} ${words.slice(0, 5)}`;
  return span > 20 * 60_000 ? words.slice(0, 5) : words.slice(0, 8);
}
