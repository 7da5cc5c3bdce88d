import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useLedgers } from '../api/queries';
import { type Element, stageNow } from '../event/event';
import { useZone } from '../state/zone';
import { count } from '../time/format';
import { EventRow } from './EventRow';
import type { Pivot } from './pivot';

export const ROW_HEIGHT = 30;

interface Props {
  readonly elements: readonly Element[];
  /** How many at the top arrived live. */
  readonly fresh: number;
  readonly pending: boolean;
  readonly stale: boolean;
  readonly chosen: string | undefined;
  readonly open: (address: string) => void;
  readonly pivot: Pivot;
  readonly more: (() => void) | undefined;
  readonly end: boolean;
  readonly scrolledAway: (away: boolean) => void;
  readonly resume: (() => void) | undefined;
  readonly waiting: number;
}

/** Rows of one height, drawn only where they are seen, with more fetched before the end is reached. */
export function EventList(props: Props) {
  const { elements, chosen, more, resume } = props;
  const [zone] = useZone();
  const ledgers = useLedgers().data?.ledgers ?? [];
  const viewport = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: elements.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const drawn = rows.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== undefined && elements.length > 0 && lastDrawn >= elements.length - 40) more();
  }, [more, lastDrawn, elements.length]);
  const chosenAt = elements.findIndex((element) => element.address === chosen);
  useEffect(() => {
    if (chosenAt >= 0) rows.scrollToIndex(chosenAt);
  }, [chosen]);

  return (
    <div
      className="list"
      role="table"
      aria-label="Events, newest first"
      aria-rowcount={elements.length}
      data-stale={props.stale || undefined}
    >
      <div className="list-head row" role="row">
        {['Time', 'Outcome', 'Kind', 'Who → whom', 'What', 'Status', 'Why', ''].map((title) => (
          <span role="columnheader" key={title}>
            {title}
          </span>
        ))}
      </div>
      {resume !== undefined && (
        <button
          type="button"
          className="list-waiting"
          onClick={() => {
            viewport.current?.scrollTo({ top: 0 });
            resume();
          }}
        >
          {props.waiting > 0 ? `${count(props.waiting)} new · resume` : 'Paused · resume'}
        </button>
      )}
      <div
        ref={viewport}
        className="list-body"
        onScroll={(event) => props.scrolledAway(event.currentTarget.scrollTop > ROW_HEIGHT)}
      >
        {props.pending && <Skeleton />}
        <div className="list-rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {drawn.map(({ index, start }) => {
            const element = elements[index];
            return element === undefined ? null : (
              <EventRow
                key={element.address}
                element={element}
                stage={stageNow(element, ledgers)}
                top={start}
                fresh={index < props.fresh}
                chosen={element.address === chosen}
                zone={zone}
                open={props.open}
                pivot={props.pivot}
              />
            );
          })}
        </div>
        {props.end && elements.length > 0 && (
          <p className="list-end">{count(elements.length)} events · the range begins here</p>
        )}
      </div>
    </div>
  );
}

function Skeleton() {
  return (
    <div className="list-skeleton" aria-hidden="true">
      {Array.from({ length: 14 }, (_, i) => (
        <div key={i} />
      ))}
    </div>
  );
}
