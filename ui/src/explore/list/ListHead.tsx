import { useState } from 'react';
import { bounded, type Column } from '../../state/look';
import { moved, titleOf } from './columns';

interface Props {
  readonly columns: readonly Column[];
  readonly change: (columns: readonly Column[], settled: boolean) => void;
}

const STEP = 16;

/** The columns' names: drag one to move it, its right edge to resize it; Alt and an arrow key do both by keyboard. */
export function ListHead({ columns, change }: Props) {
  const [dragged, setDragged] = useState<number>();
  const resize = (at: number, width: number, settled: boolean) =>
    change(
      columns.map((column, i) => (i === at ? { name: column.name, width: bounded(width) } : column)),
      settled,
    );
  return (
    <div className="list-head row" role="row" aria-rowindex={1}>
      {columns.map((column, i) => (
        <span
          key={column.name}
          role="columnheader"
          tabIndex={0}
          className="head"
          title="Drag to move, drag the edge to resize. By keyboard: Alt and ← → moves, Shift and ← → resizes"
          draggable
          data-dragged={dragged === i || undefined}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            setDragged(i);
          }}
          onDragEnd={() => setDragged(undefined)}
          onDragOver={(event) => dragged !== undefined && event.preventDefault()}
          onDrop={() => dragged !== undefined && change(moved(columns, dragged, i), true)}
          onKeyDown={(event) => {
            const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (by === undefined || !(event.altKey || event.shiftKey)) return;
            event.preventDefault();
            event.stopPropagation();
            if (event.altKey) change(moved(columns, i, Math.max(0, i + by)), true);
            else resize(i, event.currentTarget.offsetWidth + by * STEP, true);
          }}
        >
          <span>{titleOf(column.name)}</span>
          <Edge resize={(width, settled) => resize(i, width, settled)} />
        </span>
      ))}
    </div>
  );
}

function Edge({ resize }: { resize: (width: number, settled: boolean) => void }) {
  const widthAt = (event: React.PointerEvent<HTMLElement>) =>
    event.clientX - (event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0);
  return (
    <span
      className="head-edge"
      aria-hidden="true"
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => event.buttons === 1 && resize(widthAt(event), false)}
      onPointerUp={(event) => resize(widthAt(event), true)}
    />
  );
}
