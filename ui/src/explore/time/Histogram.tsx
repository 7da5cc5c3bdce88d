import { useElementSize } from '@mantine/hooks';
import { memo } from 'react';
import { type Search, useHistogram } from '../../api/queries';
import { FACETS } from '../../event/fields';
import { shortened } from '../../event/sentence';
import { OutcomeMark } from '../../parts/OutcomeMark';
import { visible } from '../../parts/Value';
import type { Look } from '../../state/look';
import { useZone } from '../../state/zone';
import { clock, count, day, type Zone } from '../../time/format';
import { type Range, shifted } from '../../time/range';
import type { Pivot } from '../pivot';
import { Bars, Before } from './Bars';
import { Marks } from './Marks';
import { type Bucket, REST, type Series, seriesOf, total } from './series';
import { useBrush } from './useBrush';

const HEIGHT = 84;
const BUCKETS = 90;

interface Props {
  readonly search: Search;
  readonly refresh: number | false;
  readonly look: Look;
  readonly change: (change: Partial<Look>) => void;
  readonly zoom: (range: Range) => void;
  readonly pivot: Pivot;
  readonly open: (address: string) => void;
}

/** How many events, when, and how they came out. Drag to zoom in. */
export const Histogram = memo(function Histogram({ search, refresh, look, change, zoom, pivot, open }: Props) {
  const { data, isPlaceholderData } = useHistogram(search, BUCKETS, look.by, refresh);
  const before = { ...search, range: shifted(search.range, -1) };
  const comparable = search.range.from !== undefined;
  const past = useHistogram(before, BUCKETS, look.by, refresh, look.compare && comparable);
  const [zone] = useZone();
  const { ref, width } = useElementSize();
  const buckets = data?.buckets ?? [];
  const pastBuckets = look.compare ? (past.data?.buckets ?? []) : [];
  const series = seriesOf(buckets, look.by);
  const top = Math.max(0, ...[...buckets, ...pastBuckets].map(({ counts }) => total(counts)));
  const brush = useBrush(buckets, zoom);
  const pointed = brush.at === undefined ? undefined : buckets[brush.at];
  const step = width / Math.max(1, buckets.length);
  const first = buckets[0]?.from;
  const last = buckets.at(-1)?.to;

  return (
    <div className="histogram" data-stale={isPlaceholderData || undefined}>
      <div className="histogram-head">
        <span className="histogram-total" role="status">
          {data !== undefined && (
            <>
              <b>{count(series.reduce((n, one) => n + one.total, 0))}</b> events
            </>
          )}
        </span>
        <span className="legends">
          {[...series].reverse().map((one) => (
            <Legend key={one.value} series={one} by={look.by} pivot={pivot} />
          ))}
        </span>
        <span className="grow" />
        <span className="histogram-hover">
          {pointed === undefined ? '' : <BucketWords bucket={pointed} zone={zone} />}
        </span>
        {comparable && (
          <button
            type="button"
            className="chip"
            title="The period before as a line"
            aria-pressed={look.compare}
            onClick={() => change({ compare: !look.compare })}
          >
            compare
          </button>
        )}
        <label className="histogram-by">
          by{' '}
          <select value={look.by} onChange={(event) => change({ by: event.target.value })}>
            {[...new Set([...FACETS, look.by])].map((field) => (
              <option key={field}>{field}</option>
            ))}
          </select>
        </label>
      </div>
      <div
        ref={ref}
        className="histogram-plot"
        role="slider"
        tabIndex={0}
        aria-label="Events over time. Arrow keys walk, Shift extends, Enter zooms in"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, buckets.length - 1)}
        aria-valuenow={brush.at ?? 0}
        aria-valuetext={pointed === undefined ? 'no bucket chosen' : bucketText(pointed, zone)}
        {...brush.handlers}
      >
        <svg className="bars" width={width} height={HEIGHT} aria-hidden="true">
          {brush.from !== undefined && brush.to !== undefined && (
            <rect className="brush" x={brush.from * step} width={(brush.to - brush.from + 1) * step} height={HEIGHT} />
          )}
          {brush.at !== undefined && <rect className="hovered" x={brush.at * step} width={step} height={HEIGHT} />}
          <Bars buckets={buckets} series={series} width={width} height={HEIGHT} top={top} />
          {pastBuckets.length > 0 && <Before buckets={pastBuckets} width={width} height={HEIGHT} top={top} />}
        </svg>
        {top > 0 && <span className="histogram-top">{count(top)}</span>}
      </div>
      {first !== undefined && last !== undefined && (
        <Marks
          search={search}
          refresh={refresh}
          from={Date.parse(first)}
          to={Date.parse(last)}
          height={HEIGHT}
          open={open}
        />
      )}
      <div className="histogram-axis" aria-hidden="true">
        {ticks(buckets).map((time) => (
          <span key={time}>{axis(time, buckets, zone)}</span>
        ))}
      </div>
    </div>
  );
});

function Legend({ series, by, pivot }: { series: Series; by: string; pivot: Pivot }) {
  const words = visible(shortened(by, series.words)).slice(0, 40);
  const outcome = by === 'outcome' ? outcomes.find((known) => known === series.value) : undefined;
  return (
    <button
      type="button"
      className="legend"
      title="Click: only these · Alt-click: leave them out"
      disabled={series.value === REST}
      onClick={(event) => pivot(event.altKey ? 'exclude' : 'include', by, series.value)}
    >
      {outcome === undefined ? (
        <svg className="legend-square" viewBox="0 0 10 10" aria-hidden="true">
          <rect className={`bar-${series.look}`} width="10" height="10" rx="2" />
        </svg>
      ) : (
        <OutcomeMark outcome={outcome} />
      )}
      {words} <b>{count(series.total)}</b>
    </button>
  );
}

const outcomes = ['allowed', 'denied', 'failed', 'changed', 'unknown'] as const;

const bucketText = (bucket: Bucket, zone: Zone): string => {
  const parts = Object.entries(bucket.counts)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([value, events]) => `${visible(value).slice(0, 40) || 'unknown'} ${count(events)}`);
  const words = parts.length === 0 ? 'no event' : parts.join(' · ');
  return `${clock(bucket.from, zone).slice(0, 8)} – ${clock(bucket.to, zone).slice(0, 8)} · ${words}`;
};

const BucketWords = ({ bucket, zone }: { bucket: Bucket; zone: Zone }) => <bdi>{bucketText(bucket, zone)}</bdi>;

const TICKS = 7;

/** The beginnings of buckets at even distances. */
function ticks(buckets: readonly Bucket[]): string[] {
  if (buckets.length < TICKS) return buckets.map((bucket) => bucket.from);
  return Array.from({ length: TICKS }, (_, i) => buckets[Math.floor((i * buckets.length) / TICKS)]?.from ?? '');
}

function axis(time: string, buckets: readonly Bucket[], zone: Zone): string {
  const span = Date.parse(buckets.at(-1)?.to ?? '') - Date.parse(buckets[0]?.from ?? '');
  if (span > 2 * 86_400_000) return day(time, zone).slice(5);
  const words = clock(time, zone);
  if (span > 86_400_000) return `${day(time, zone).slice(5)} ${words.slice(0, 5)}`;
  return span > 20 * 60_000 ? words.slice(0, 5) : words.slice(0, 8);
}
