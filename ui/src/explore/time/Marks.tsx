import { type Search, useMarks } from '../../api/queries';
import { type MeshEvent, text } from '../../event/event';
import { visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { clock } from '../../time/format';

interface Props {
  readonly search: Search;
  readonly refresh: number | false;
  /** Milliseconds of both ends of the plot. */
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly open: (address: string) => void;
}

const MANY = 40;

/**
 * What stands over the bars whatever the query says: policy changes and certificates as flags, and hatched bands where a
 * source tells that something is missing. So one sees what changed just before the denials began.
 */
export function Marks({ search, refresh, from, to, height, open }: Props) {
  const { data } = useMarks(search.range, search.asked, refresh);
  const [zone] = useZone();
  if (data === undefined || !(to > from)) return null;
  const marks = data.events.flatMap(({ address, event }) => {
    const at = (Date.parse(text(event, 'time') ?? '') - from) / (to - from);
    return at >= 0 && at <= 1 ? [{ address, event, at, since: gapBegin(event) }] : [];
  });
  const size = marks.length > MANY ? 4 : 7;
  return (
    <svg className="marks" height={height + 10}>
      <title>Policy changes, certificates and gaps</title>
      <defs>
        <pattern id="gap-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="gap-line" width="2" height="6" />
        </pattern>
      </defs>
      {marks.map(({ address, event, at, since }) => {
        const words = `${clock(text(event, 'time') ?? '', zone)} ${inWords(event)}`;
        const kind = text(event, 'kind');
        const begin = since === undefined ? at : Math.max(0, (since - from) / (to - from));
        return (
          // biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside an SVG
          <g
            key={address}
            role="button"
            tabIndex={0}
            aria-label={words}
            className={`mark-${kind}`}
            onClick={() => open(address)}
            onKeyDown={(key) => key.key === 'Enter' && open(address)}
          >
            <title>{words}</title>
            {kind === 'gap' && (
              <rect
                className="gap-band"
                x={`${begin * 100}%`}
                y="10"
                width={`${Math.max(0.4, (at - begin) * 100)}%`}
                height={height}
              />
            )}
            <rect className="mark-hit" x={`${at * 100}%`} y="0" width="12" height="14" transform="translate(-6 0)" />
            <Flag kind={kind} at={at} size={size} />
          </g>
        );
      })}
    </svg>
  );
}

function Flag({ kind, at, size }: { kind: string | undefined; at: number; size: number }) {
  const x = `${at * 100}%`;
  if (kind === 'certificate') return <circle className="mark-flag" cx={x} cy="5.500" r={size / 2} />;
  return (
    <rect className="mark-flag" x={x} y="2" width={size} height="7" rx="1" transform={`translate(${-size / 2} 0)`} />
  );
}

/** When what is missing began, where the source tells it. */
function gapBegin(event: MeshEvent): number | undefined {
  if (text(event, 'kind') !== 'gap') return undefined;
  const at = Date.parse(text(event, 'attributes.from') ?? text(event, 'attributes.since') ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function inWords(event: MeshEvent): string {
  const kind = text(event, 'kind');
  if (kind === 'gap') {
    const lost = text(event, 'attributes.lost') ?? 'an unknown number of';
    return `gap: ${lost} events missing at ${visible(text(event, 'observer.name') ?? 'an unknown source')}`;
  }
  if (kind === 'certificate') return `certificate of ${visible(text(event, 'source.identity') ?? 'unknown')}`;
  const object = `${text(event, 'object.kind') ?? 'policy'} ${text(event, 'object.name') ?? ''}`;
  return `${visible(object)} changed by ${visible(text(event, 'user.id') ?? 'unknown')}`;
}
