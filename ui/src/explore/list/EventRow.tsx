import { memo } from 'react';
import { type Element, outcomeOf, type Stage } from '../../event/event';
import { sentence } from '../../event/sentence';
import { visible } from '../../parts/Value';
import type { Column } from '../../state/look';
import { count, type Zone } from '../../time/format';
import { Cell } from './Cell';

export const rowId = (address: string): string => `row-${address.replace(/[^\w-]/g, '_')}`;

interface Props {
  readonly element: Element;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly stage: Stage;
  readonly verified: boolean;
  readonly fresh: boolean;
  readonly chosen: boolean;
  readonly cursor: boolean;
  readonly expanded: boolean;
  readonly times: number | undefined;
  readonly zone: Zone;
}

/** One event on one line. Clicks and keys are the list's, so that a row costs little. */
export const EventRow = memo(function EventRow(props: Props) {
  const { element, columns, times } = props;
  return (
    <div
      id={rowId(element.address)}
      className={`row row-${outcomeOf(element.event)}`}
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={props.cursor}
      aria-expanded={props.expanded}
      aria-label={visible(sentence(element.event)).slice(0, 300)}
      data-address={element.address}
      data-chosen={props.chosen || undefined}
      data-cursor={props.cursor || undefined}
      data-fresh={props.fresh || undefined}
    >
      {columns.map(({ name }, i) => (
        <span role="gridcell" key={name} className={`cell cell-${name.replaceAll('.', '-')}`}>
          {i === 1 && times !== undefined && (
            <span className="times" title="Repetitions among the rows that are loaded">
              ×{count(times)}
            </span>
          )}
          <Cell name={name} event={element.event} stage={props.stage} verified={props.verified} zone={props.zone} />
        </span>
      ))}
    </div>
  );
});
