import { useState } from 'react';
import type { Range } from '../../time/range';
import type { Bucket } from './series';

export interface Brush {
  /** The bucket pointed at, by mouse or by keyboard. */
  readonly at: number | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly handlers: Pick<
    React.HTMLAttributes<HTMLElement>,
    'onPointerDown' | 'onPointerMove' | 'onPointerLeave' | 'onPointerUp' | 'onKeyDown' | 'onBlur'
  >;
}

/** Chooses a stretch of buckets: by dragging, or with arrow keys, Shift to extend, Enter to zoom, Escape to forget. */
export function useBrush(buckets: readonly Bucket[], zoom: (range: Range) => void): Brush {
  const [at, setAt] = useState<number>();
  const [anchor, setAnchor] = useState<number>();
  const [dragging, setDragging] = useState(false);
  const last = buckets.length - 1;
  const clamp = (i: number) => Math.min(last, Math.max(0, i));
  const bucketAt = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return clamp(Math.floor(((event.clientX - box.left) / box.width) * buckets.length));
  };
  const forget = () => {
    setAnchor(undefined);
    setDragging(false);
  };
  const finish = () => {
    const from = buckets[Math.min(anchor ?? 0, at ?? 0)]?.from;
    const to = buckets[Math.max(anchor ?? 0, at ?? 0)]?.to;
    if (anchor !== undefined && at !== undefined && from !== undefined && to !== undefined) zoom({ from, to });
    forget();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const target = { ArrowLeft: (at ?? last) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: last }[event.key];
    if (target !== undefined && last >= 0 && !event.altKey && !event.metaKey) {
      setAnchor(event.shiftKey ? (anchor ?? at ?? clamp(target)) : undefined);
      setAt(clamp(target));
    } else if (event.key === 'Enter' && at !== undefined) {
      const from = buckets[Math.min(anchor ?? at, at)]?.from;
      const to = buckets[Math.max(anchor ?? at, at)]?.to;
      if (from !== undefined && to !== undefined) zoom({ from, to });
      forget();
    } else if (event.key === 'Escape' && anchor !== undefined) {
      forget();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    at,
    from: anchor === undefined || at === undefined ? undefined : Math.min(anchor, at),
    to: anchor === undefined || at === undefined ? undefined : Math.max(anchor, at),
    handlers: {
      onPointerDown: (event) => {
        if (buckets.length === 0 || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        setAnchor(bucketAt(event as React.PointerEvent<HTMLElement>));
      },
      onPointerMove: (event) => buckets.length > 0 && setAt(bucketAt(event as React.PointerEvent<HTMLElement>)),
      onPointerLeave: () => !dragging && setAt(undefined),
      onPointerUp: finish,
      onKeyDown,
      onBlur: () => {
        forget();
        setAt(undefined);
      },
    },
  };
}
