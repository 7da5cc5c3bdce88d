import { memo } from 'react';
import { visible } from '../../parts/Value';
import type { DrawnPlace } from './drawing';
import { add, type Link, NO_CALLS, total } from './meshMap';
import { shares, spoken } from './strands';

interface Props {
  readonly drawn: DrawnPlace;
  readonly into: readonly Link[];
  readonly picked: boolean;
  readonly faint: boolean;
  readonly tabStop: boolean;
  readonly pick: (id: string) => void;
  readonly enter: (id: string) => void;
  readonly focused: () => void;
}

const CUT = 21;

/** Who calls or is called. The bar below the name is how the calls to it came out. */
export const MapPlace = memo(function MapPlace({ drawn, into, picked, faint, tabStop, pick, enter, focused }: Props) {
  const { place, x, y, width, height } = drawn;
  const calls = into.map((link) => link.calls).reduce(add, NO_CALLS);
  const name = visible(place.name);
  const shown = name.length > CUT ? `${name.slice(0, CUT - 1)}…` : name;
  const folded = place.members !== undefined;
  // Who speaks to the page says what he sees: a name that is cut is in the label as it is shown, too.
  const words = `${shown === name ? name : `${shown} ${name}`}${folded ? ` ${place.members} workloads` : ''}; called: ${spoken(calls)}`;
  return (
    <g
      role="button"
      className="map-place"
      aria-label={words}
      aria-pressed={picked}
      tabIndex={tabStop ? 0 : -1}
      data-id={place.id}
      data-faint={faint || undefined}
      data-folded={folded || undefined}
      transform={`translate(${x} ${y})`}
      onClick={() => pick(place.id)}
      onDoubleClick={() => enter(place.id)}
      onFocus={focused}
    >
      <title>{words}</title>
      {folded && <rect className="map-behind" x="4" y="-4" width={width} height={height} rx="7" />}
      <rect className="map-body" width={width} height={height} rx="7" />
      <text x="12" y="17">
        {shown}
      </text>
      {folded && (
        <text className="map-members" x={width - 10} y="17" textAnchor="end">
          {place.members}
        </text>
      )}
      <svg
        x="12"
        y={height - 13}
        width={width - 24}
        height="4"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect className="map-track" width="100" height="4" />
        {total(calls) > 0 &&
          shares(calls).map(({ verdict, from, width: share }) => (
            <rect key={verdict} className={`bar-${verdict}`} x={from} width={Math.max(share, 1.5)} height="4" />
          ))}
      </svg>
    </g>
  );
});
