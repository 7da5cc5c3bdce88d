import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const LEAST = 0.08;
const MOST = 3;
const MARGIN = 24;

/** Moves and scales a picture in its frame: by wheel, by dragging, by buttons. Begins with all of it in sight. */
export function useZoom(width: number, height: number) {
  const frame = useRef<SVGSVGElement>(null);
  const [zoom, setZoom] = useState<Zoom>({ scale: 1, x: 0, y: 0 });
  const touched = useRef(false);

  const fit = useCallback(() => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    const scale = Math.min(
      1.25,
      (box.width - 2 * MARGIN) / Math.max(1, width),
      (box.height - 2 * MARGIN) / Math.max(1, height),
    );
    setZoom({ scale, x: (box.width - width * scale) / 2, y: (box.height - height * scale) / 2 });
    touched.current = false;
  }, [width, height]);

  useLayoutEffect(fit, [fit]);
  useEffect(() => {
    const svg = frame.current;
    if (svg === null) return;
    const resized = new ResizeObserver(() => {
      if (!touched.current) fit();
    });
    resized.observe(svg);
    return () => resized.disconnect();
  }, [fit]);

  const by = useCallback((factor: number, at?: { x: number; y: number }) => {
    touched.current = true;
    setZoom((before) => {
      const scale = Math.min(MOST, Math.max(LEAST, before.scale * factor));
      const box = frame.current?.getBoundingClientRect();
      const { x, y } = at ?? { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 };
      const share = scale / before.scale;
      return { scale, x: x - (x - before.x) * share, y: y - (y - before.y) * share };
    });
  }, []);

  useEffect(() => {
    const svg = frame.current;
    if (svg === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      by(Math.exp(-event.deltaY / 400), { x: event.clientX - box.left, y: event.clientY - box.top });
    };
    // React listens passively, and then the page would scroll as well.
    svg.addEventListener('wheel', onWheel, { passive: false });
    return () => svg.removeEventListener('wheel', onWheel);
  }, [by]);

  const drag = useCallback((start: React.PointerEvent) => {
    const svg = frame.current;
    if (svg === null || start.button !== 0 || start.target !== svg) return;
    svg.setPointerCapture(start.pointerId);
    let { clientX, clientY } = start;
    const onMove = (event: PointerEvent) => {
      const [dx, dy] = [event.clientX - clientX, event.clientY - clientY];
      ({ clientX, clientY } = event);
      touched.current = true;
      setZoom((before) => ({ ...before, x: before.x + dx, y: before.y + dy }));
    };
    const onUp = () => {
      svg.removeEventListener('pointermove', onMove);
      svg.removeEventListener('pointerup', onUp);
      svg.removeEventListener('pointercancel', onUp);
    };
    svg.addEventListener('pointermove', onMove);
    svg.addEventListener('pointerup', onUp);
    svg.addEventListener('pointercancel', onUp);
  }, []);

  /** Moves just so far that a point of the picture is in sight: the keyboard's place must be seen. */
  const show = useCallback((x: number, y: number) => {
    setZoom((before) => {
      const box = frame.current?.getBoundingClientRect();
      if (box === undefined) return before;
      const [left, top] = [x * before.scale + before.x, y * before.scale + before.y];
      const into = (at: number, room: number) => (at < 60 ? 60 - at : at > room - 60 ? room - 60 - at : 0);
      const [dx, dy] = [into(left, box.width), into(top, box.height)];
      return dx === 0 && dy === 0 ? before : { ...before, x: before.x + dx, y: before.y + dy };
    });
  }, []);

  return { frame, zoom, fit, by, drag, show };
}
