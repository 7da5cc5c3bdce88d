import { useZone } from '../../state/zone';
import { clock, count, dateTime, day } from '../../time/format';
import type { Recorded } from './useRecord';

const WIDTH = 600;
const HEIGHT = 70;
/** `root` takes a checkpoint of each ledger every minute; a longer silence is a gap. */
const SILENCE_MILLIS = 150_000;

/** The size of a ledger at each checkpoint on record. Where none came, the line is broken. */
export function Growth({ recorded }: { recorded: readonly Recorded[] }) {
  const [zone] = useZone();
  const points = [...recorded]
    .reverse()
    .map(({ time, size, address }) => ({ at: Date.parse(time), size, time, address }));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) {
    return <p className="top-none">The line begins with the second checkpoint on record; one comes every minute.</p>;
  }
  const least = Math.min(...points.map(({ size }) => size));
  const most = Math.max(...points.map(({ size }) => size));
  const x = (at: number) => (WIDTH * (at - first.at)) / Math.max(1, last.at - first.at);
  const y = (size: number) => HEIGHT - 4 - ((HEIGHT - 10) * (size - least)) / Math.max(1, most - least);
  const gaps = points.slice(1).flatMap((point, i) => {
    const before = points[i];
    return before !== undefined && point.at - before.at > SILENCE_MILLIS ? [{ from: before, to: point }] : [];
  });
  const path = points
    .map((point, i) => {
      const broken = i === 0 || gaps.some(({ to }) => to.address === point.address);
      return `${broken ? 'M' : 'L'}${x(point.at).toFixed(1)} ${y(point.size).toFixed(1)}`;
    })
    .join(' ');
  return (
    <figure className="growth">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Entries at each checkpoint"
      >
        {gaps.map(({ from, to }) => (
          <rect
            key={to.address}
            className="growth-gap"
            x={x(from.at)}
            width={x(to.at) - x(from.at)}
            y="0"
            height={HEIGHT}
          >
            <title>{`No checkpoint on record from ${dateTime(from.time, zone)} to ${dateTime(to.time, zone)}`}</title>
          </rect>
        ))}
        <path d={path} />
      </svg>
      <figcaption>
        <span>
          {day(first.time, zone)} {clock(first.time, zone).slice(0, 8)} · {count(first.size)}
        </span>
        <span>
          {count(points.length)} checkpoints on record
          {gaps.length > 0 && `, ${count(gaps.length)} ${gaps.length === 1 ? 'silence' : 'silences'} over 2 minutes`}
        </span>
        <span>
          {clock(last.time, zone).slice(0, 8)} · {count(last.size)}
        </span>
      </figcaption>
    </figure>
  );
}
