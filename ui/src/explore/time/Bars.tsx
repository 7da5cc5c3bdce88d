import { type Bucket, type Series, share } from './series';

interface Props {
  readonly buckets: readonly Bucket[];
  readonly series: readonly Series[];
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

const HEADROOM = 10;

/** The stacked bars. Outcomes are told apart by pattern as well as by colour. */
export function Bars({ buckets, series, width, height, top }: Props) {
  const step = width / Math.max(1, buckets.length);
  const gap = Math.min(2, step * 0.18);
  return (
    <>
      <defs>
        <pattern id="bar-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="bar-denied" width="5" height="5" />
          <rect className="bar-line" width="1.6" height="5" />
        </pattern>
        <pattern id="bar-cross" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect className="bar-failed" width="4" height="4" />
          <rect className="bar-line" width="4" height="1.2" />
        </pattern>
      </defs>
      {buckets.map((bucket, i) => {
        let y = height;
        return series.map((one) => {
          const events = share(bucket, one, series);
          if (events === 0) return null;
          // What happened is seen, however little it is beside the rest.
          const tall = Math.max((events / top) * (height - HEADROOM), one.value === 'allowed' ? 0.5 : 2);
          y -= tall;
          return (
            <rect
              key={`${bucket.from} ${one.value}`}
              className={`bar bar-${one.look}`}
              x={i * step + gap / 2}
              y={y}
              width={Math.max(1, step - gap)}
              height={tall}
            />
          );
        });
      })}
    </>
  );
}

/** The period before, as a line behind the bars. */
export function Before({ buckets, width, height, top }: Omit<Props, 'series'>) {
  const step = width / Math.max(1, buckets.length);
  const points = buckets.map((bucket, i) => {
    const events = Object.values(bucket.counts).reduce((a, b) => a + b, 0);
    return `${i * step + step / 2},${height - (events / top) * (height - HEADROOM)}`;
  });
  return <polyline className="bars-before" points={points.join(' ')} />;
}
