import type { Schemas } from '../../event/event';
import { type Element, text } from '../../event/event';
import { visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { clock, count, day } from '../../time/format';
import { nineDigits } from '../../time/range';

interface Props {
  readonly changes: readonly Element[];
  readonly denials: Schemas['Histogram']['buckets'] | undefined;
  readonly from: number;
  readonly to: number;
  readonly picked: string | undefined;
  readonly pick: (address: string) => void;
  /** The moment whose policies are shown; undefined is now. */
  readonly at: string | undefined;
  readonly setAt: (at: string | undefined) => void;
}

const LANES = 7;
const LANE = 20;
const BARS = 34;
const STEPS = 1000;

/** Denials above, and below them a lane for each object with its changes: what changed just before they began. */
export function Timeline({ changes, denials, from, to, picked, pick, at, setAt }: Props) {
  const [zone] = useZone();
  const lanes = lanesOf(changes);
  const shown = lanes.slice(0, LANES);
  const share = (time: string) => (100 * (Date.parse(time) - from)) / Math.max(1, to - from);
  const most = Math.max(1, ...(denials ?? []).map(({ counts }) => counts.denied ?? 0));
  const cursor = at === undefined ? 100 : Math.min(100, Math.max(0, share(at)));
  const height = BARS + shown.length * LANE + 4;
  const words = at === undefined ? 'now' : `${day(at, zone)} ${clock(at, zone)}`;
  return (
    <section className="timeline" aria-label="Changes over time">
      <div className="timeline-names" style={{ paddingTop: BARS }}>
        <span className="timeline-denials" style={{ height: BARS }}>
          denials, at most {count(most)}
        </span>
        {shown.map(({ name }) => (
          <span key={name} style={{ height: LANE }} title={visible(name)}>
            <bdi>{visible(name)}</bdi>
          </span>
        ))}
      </div>
      <div className="timeline-plot">
        <svg width="100%" height={height} role="group" aria-label="Each mark is a change">
          {(denials ?? []).map(({ from: begin, to: end, counts }) => {
            const tall = ((counts.denied ?? 0) / most) * (BARS - 6);
            return tall === 0 ? null : (
              <rect
                key={begin}
                className="bar-denied"
                x={`${share(begin)}%`}
                width={`${Math.max(0.15, share(end) - share(begin) - 0.08)}%`}
                y={BARS - tall}
                height={tall}
              />
            );
          })}
          {shown.map(({ name, elements }, lane) => (
            <g key={name}>
              <line
                className="timeline-lane"
                x1="0"
                x2="100%"
                y1={BARS + lane * LANE + LANE / 2}
                y2={BARS + lane * LANE + LANE / 2}
              />
              {elements.map((element) => (
                <Mark
                  key={element.address}
                  element={element}
                  x={share(text(element.event, 'time') ?? '')}
                  y={BARS + lane * LANE + LANE / 2}
                  picked={element.address === picked}
                  pick={pick}
                  words={`${clock(text(element.event, 'time') ?? '', zone)} ${text(element.event, 'change.verb') ?? 'changed'} ${name} by ${text(element.event, 'user.id') ?? 'unknown'}`}
                />
              ))}
            </g>
          ))}
          <line className="timeline-cursor" x1={`${cursor}%`} x2={`${cursor}%`} y1="0" y2={height} />
        </svg>
        <input
          type="range"
          min="0"
          max={STEPS}
          value={Math.round((cursor * STEPS) / 100)}
          aria-label="Moment whose policies are shown"
          aria-valuetext={words}
          onChange={(event) => {
            const step = Number(event.target.value);
            setAt(step === STEPS ? undefined : nineDigits(from + ((to - from) * step) / STEPS));
          }}
        />
        <div className="timeline-axis">
          <span>{axis(from, to, zone)}</span>
          <b>in force: {words}</b>
          <span>{axis(to, from, zone)}</span>
        </div>
      </div>
      {lanes.length > shown.length && (
        <p className="timeline-more">
          {count(lanes.length - shown.length)} more objects changed; they are in the list. Narrow it to see their lanes.
        </p>
      )}
    </section>
  );
}

const axis = (millis: number, other: number, zone: 'utc' | 'local'): string => {
  const time = nineDigits(millis);
  const short = clock(time, zone).slice(0, 8);
  return Math.abs(millis - other) > 86_400_000 ? `${day(time, zone)} ${short.slice(0, 5)}` : short;
};

interface Lane {
  readonly name: string;
  readonly elements: readonly Element[];
}

export const objectName = ({ event }: Pick<Element, 'event'>): string =>
  [text(event, 'object.namespace'), text(event, 'object.name')].filter(Boolean).join('/') || 'unnamed';

/** One for each object, those that changed most often first. */
export function lanesOf(changes: readonly Element[]): Lane[] {
  const lanes = new Map<string, Element[]>();
  for (const change of changes) {
    const name = objectName(change);
    lanes.set(name, [...(lanes.get(name) ?? []), change]);
  }
  return [...lanes]
    .map(([name, elements]) => ({ name, elements }))
    .sort((a, b) => b.elements.length - a.elements.length || (a.name < b.name ? -1 : 1));
}

interface MarkProps {
  readonly element: Element;
  readonly x: number;
  readonly y: number;
  readonly picked: boolean;
  readonly pick: (address: string) => void;
  readonly words: string;
}

/** Made, changed, removed: a triangle, a square, a cross. */
function Mark({ element, x, y, picked, pick, words }: MarkProps) {
  if (!(x >= 0 && x <= 100)) return null;
  const verb = text(element.event, 'change.verb') ?? '';
  const shape =
    verb === 'create'
      ? 'M0 -5 L5 4 H-5 Z'
      : verb.startsWith('delete')
        ? 'M-4 -4 L4 4 M4 -4 L-4 4'
        : 'M-4 -4 H4 V4 H-4 Z';
  return (
    <svg x={`${x}%`} y={y} overflow="visible" role="presentation">
      {/* The list below has the same changes as buttons; a mouse may use the marks. */}
      <g
        role="button"
        tabIndex={-1}
        aria-label={visible(words)}
        className="timeline-mark"
        data-picked={picked || undefined}
        data-refused={element.event.outcome !== 'changed' || undefined}
        onClick={() => pick(element.address)}
      >
        <title>{visible(words)}</title>
        <rect x="-8" y="-9" width="16" height="18" />
        <path d={shape} />
      </g>
    </svg>
  );
}
