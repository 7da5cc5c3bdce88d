import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLedgers } from '../../api/queries';
import { type Element, stageNow } from '../../event/event';
import { useChecked } from '../../proof/checked';
import type { Column, Look } from '../../state/look';
import { useZone } from '../../state/zone';
import { count } from '../../time/format';
import type { Pivot } from '../pivot';
import { DEFAULT_COLUMNS, leastWidth, template } from './columns';
import { EventRow, rowId } from './EventRow';
import { Expanded } from './Expanded';
import { ListHead } from './ListHead';
import { RowTools } from './RowTools';
import { usePointed } from './usePointed';

const ROW_HEIGHT = 28;
const DENSE_HEIGHT = 22;
const HEAD_HEIGHT = 28;

interface Props {
  readonly elements: readonly Element[];
  readonly times: ReadonlyMap<string, number>;
  readonly look: Look;
  readonly setColumns: (columns: readonly Column[]) => void;
  /** How many at the top arrived live. */
  readonly fresh: number;
  readonly pending: boolean;
  readonly stale: boolean;
  readonly chosen: string | undefined;
  readonly cursor: string | undefined;
  /** The value of the cursor's row that the keyboard stands on. */
  readonly part: number;
  readonly expanded: ReadonlySet<string>;
  readonly open: (address: string) => void;
  readonly pivot: Pivot;
  readonly more: (() => void) | undefined;
  readonly end: boolean;
  readonly scrolledAway: (away: boolean) => void;
  readonly resume: (() => void) | undefined;
  readonly waiting: number;
}

/** Rows drawn only where they are seen, with more fetched before the end is reached. */
export function EventList(props: Props) {
  const { elements, cursor, expanded, look, more, resume } = props;
  const [zone] = useZone();
  const ledgers = useLedgers().data?.ledgers ?? [];
  const checked = useChecked();
  const viewport = useRef<HTMLDivElement>(null);
  // While an edge is dragged its width is nobody else's business; let go, it is in the address.
  const [dragged, setDragged] = useState<readonly Column[]>();
  const columns = dragged ?? look.columns ?? DEFAULT_COLUMNS;
  const height = look.dense ? DENSE_HEIGHT : ROW_HEIGHT;
  const uneven = look.wrap || expanded.size > 0;

  const rows = useVirtualizer({
    count: elements.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => height,
    getItemKey: useCallback((i: number) => elements[i]?.address ?? i, [elements]),
    overscan: 12,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  // What was measured holds no longer when these change
  useEffect(() => {
    rows.measure();
  }, [height, uneven, look.wrap, columns]);

  const drawn = rows.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== undefined && elements.length > 0 && lastDrawn >= elements.length - 60) more();
  }, [more, lastDrawn, elements.length]);

  const places = useMemo(() => new Map(elements.map(({ address }, i) => [address, i])), [elements]);
  // Only a moved cursor scrolls, not each arrival
  useEffect(() => {
    const at = cursor === undefined ? undefined : places.get(cursor);
    if (at !== undefined) rows.scrollToIndex(at);
  }, [cursor]);
  usePartMark(cursor, props.part, drawn.length);

  const { pointed, leave, over } = usePointed(viewport);
  const onClick = (event: React.MouseEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest('.expanded, button, a') || window.getSelection()?.isCollapsed === false) return;
    const address = target.closest<HTMLElement>('[data-address]')?.dataset.address;
    if (address === undefined) return;
    const value = target.closest<HTMLElement>('[data-field]');
    const { field } = value?.dataset ?? {};
    if (event.altKey && field !== undefined) props.pivot('exclude', field, value?.dataset.value ?? '');
    else props.open(address);
  };

  const style = { '--columns': template(columns), '--least': `${leastWidth(columns)}px`, '--row': `${height}px` };
  return (
    <div
      className="list"
      data-stale={props.stale || undefined}
      data-dense={look.dense || undefined}
      data-wrap={look.wrap || undefined}
      data-fold={look.fold || undefined}
      data-usual={look.columns === undefined || undefined}
      style={style as CSSProperties}
    >
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
        role="treegrid"
        tabIndex={0}
        aria-label="Events, newest first"
        aria-rowcount={elements.length + 1}
        aria-activedescendant={cursor !== undefined && places.has(cursor) ? rowId(cursor) : undefined}
        onClick={onClick}
        onPointerOver={over}
        onPointerLeave={leave}
        onScroll={(event) => {
          leave();
          props.scrolledAway(event.currentTarget.scrollTop > height);
        }}
      >
        <div role="rowgroup" className="list-heads">
          <ListHead
            columns={columns}
            change={(next, settled) => {
              setDragged(settled ? undefined : next);
              if (settled) props.setColumns(next);
            }}
          />
        </div>
        {props.pending && <Skeleton />}
        <div className="list-rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {drawn.map(({ index, start, key }) => {
            const element = elements[index];
            if (element === undefined) return null;
            const opened = expanded.has(element.address);
            return (
              <div
                key={key}
                ref={uneven ? rows.measureElement : undefined}
                data-index={index}
                role="presentation"
                className="list-place"
                style={{ transform: `translateY(${start - HEAD_HEIGHT}px)` }}
              >
                <EventRow
                  element={element}
                  index={index}
                  columns={columns}
                  stage={stageNow(element, ledgers)}
                  verified={checked.get(element.address) === true}
                  fresh={index < props.fresh}
                  chosen={element.address === props.chosen}
                  cursor={element.address === cursor}
                  expanded={opened}
                  times={props.times.get(element.address)}
                  zone={zone}
                />
                {opened && <Expanded address={element.address} pivot={props.pivot} />}
              </div>
            );
          })}
        </div>
        {props.end && elements.length > 0 && (
          <p className="list-end">{count(elements.length)} rows · the range begins here</p>
        )}
      </div>
      {pointed !== undefined && <RowTools pointed={pointed} pivot={props.pivot} done={leave} />}
    </div>
  );
}

/** The values of the cursor's row, in reading order. */
export const partsAt = (address: string): HTMLElement[] => [
  ...(document.getElementById(rowId(address))?.querySelectorAll<HTMLElement>('[data-field]') ?? []),
];

/** Marks the value that the keyboard stands on. By hand, so that moving it draws no row anew. */
function usePartMark(cursor: string | undefined, part: number, drawn: number): void {
  // A row that comes into sight has to be marked then
  useEffect(() => {
    if (cursor === undefined) return;
    const value = partsAt(cursor)[part];
    value?.setAttribute('data-at', '');
    return () => value?.removeAttribute('data-at');
  }, [cursor, part, drawn]);
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
