import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Pointed } from './RowTools';

const DELAY_MILLIS = 140;
const TOOLS_WIDTH = 104;

/** The value under the pointer once it rests there. One listener for the whole list: rows stay cheap. */
export function usePointed(viewport: RefObject<HTMLElement | null>) {
  const [pointed, setPointed] = useState<Pointed>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leave = useCallback(() => {
    clearTimeout(timer.current);
    setPointed(undefined);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const over = useCallback(
    (event: React.PointerEvent) => {
      if (event.pointerType === 'touch') return;
      const value = (event.target as HTMLElement).closest<HTMLElement>('.row [data-field]');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setPointed(value === null ? undefined : place(value, viewport)), DELAY_MILLIS);
    },
    [viewport],
  );
  return { pointed, over, leave };
}

/** At the end of the value, on its line, where it hides least of what is pointed at. */
function place(value: HTMLElement, viewport: RefObject<HTMLElement | null>): Pointed | undefined {
  const list = viewport.current?.getBoundingClientRect();
  const box = value.getBoundingClientRect();
  if (list === undefined || !value.isConnected) return undefined;
  const cell = value.closest('.cell')?.getBoundingClientRect() ?? box;
  const right = Math.min(box.right, cell.right) - list.left;
  return {
    field: value.dataset.field ?? '',
    value: value.dataset.value ?? '',
    left: Math.max(0, Math.min(right + 2, list.width - TOOLS_WIDTH - 150)),
    top: box.top - list.top - 2,
  };
}
