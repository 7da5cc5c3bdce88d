import { memo } from 'react';
import { visible } from '../../parts/Value';
import type { DrawnLink } from './drawing';
import { spoken, strands } from './strands';

interface Props {
  readonly drawn: DrawnLink;
  readonly from: string;
  readonly to: string;
  /** Calls of the busiest link, for the widths. */
  readonly most: number;
  readonly picked: boolean;
  readonly faint: boolean;
  readonly tabStop: boolean;
  readonly pick: (id: string) => void;
  readonly focused: () => void;
}

/** The calls from one place to another: a strand for each verdict. */
export const MapLink = memo(function MapLink({ drawn, from, to, most, picked, faint, tabStop, pick, focused }: Props) {
  const { link, path } = drawn;
  const words = `${visible(from)} to ${visible(to)}: ${spoken(link.calls)}`;
  return (
    <g
      role="button"
      className="map-link"
      aria-label={words}
      aria-pressed={picked}
      tabIndex={tabStop ? 0 : -1}
      data-id={link.id}
      data-faint={faint || undefined}
      onClick={() => pick(link.id)}
      onFocus={focused}
    >
      <title>{words}</title>
      <path className="map-hit" d={path} />
      {strands(link.calls, most).map(({ verdict, width, offset }) => (
        <path
          key={verdict}
          className={`strand strand-${verdict}`}
          d={path}
          strokeWidth={width}
          transform={`translate(0 ${offset})`}
        />
      ))}
    </g>
  );
});
