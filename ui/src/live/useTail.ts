import { useCallback, useEffect, useRef, useState } from 'react';
import type { Element, Schemas } from '../event/event';

/** The newest events kept on the page. */
const KEPT = 1000;
/** How often the page takes over what arrived, and how much of it it shows at most each time: 50 rows a second. */
const FLUSH_MILLIS = 250;
const SHOWN_PER_FLUSH = 50;
const RATE_SECONDS = 5;

export interface Tail {
  /** Newest arrival first. */
  readonly rows: readonly Element[];
  readonly state: 'off' | 'connecting' | 'open' | 'lost';
  /** Matching events a second, over the last few seconds. */
  readonly rate: number;
  /** Arrived while paused. */
  readonly waiting: number;
  /** Arrived faster than they are shown; they are in the ledger and a search finds them. */
  readonly skipped: number;
  readonly status: Schemas['TailStatus'] | undefined;
}

const OFF: Tail = { rows: [], state: 'off', rate: 0, waiting: 0, skipped: 0, status: undefined };

/** Follows /api/tail while `on`. Paused, it goes on counting and keeps the newest, but changes no row. */
export function useTail(q: string, on: boolean, paused: boolean): Tail & { readonly clear: () => void } {
  const [tail, setTail] = useState<Tail>(OFF);
  const arrived = useRef<Element[]>([]);
  const pausedNow = useRef(paused);
  pausedNow.current = paused;

  useEffect(() => {
    if (!on) {
      setTail(OFF);
      return;
    }
    setTail({ ...OFF, state: 'connecting' });
    arrived.current = [];
    const counts: { readonly at: number; readonly arrivals: number }[] = [];
    let rateSince = performance.now();
    let sinceFlush = 0;
    const stream = new EventSource(`/api/tail?${new URLSearchParams({ q })}`);
    stream.onopen = () => setTail((t) => ({ ...t, state: 'open' }));
    stream.onerror = () => setTail((t) => ({ ...t, state: 'lost' }));
    stream.onmessage = ({ data }) => {
      arrived.current.push(JSON.parse(data));
      if (arrived.current.length > KEPT) arrived.current.shift();
      sinceFlush++;
    };
    stream.addEventListener('status', ({ data }) => setTail((t) => ({ ...t, status: JSON.parse(data) })));

    const flush = setInterval(() => {
      // By the clock, as a busy browser calls late.
      const now = performance.now();
      counts.push({ at: now, arrivals: sinceFlush });
      while (counts[0] !== undefined && now - counts[0].at > RATE_SECONDS * 1000) rateSince = counts.shift()?.at ?? now;
      const rate = counts.reduce((sum, { arrivals }) => sum + arrivals, 0) / ((now - rateSince) / 1000);
      const arrivals = sinceFlush;
      sinceFlush = 0;
      if (pausedNow.current) {
        setTail((t) => ({ ...t, rate, waiting: t.waiting + arrivals }));
        return;
      }
      const taken = arrived.current;
      arrived.current = [];
      setTail((t) => {
        // After a pause all that was kept comes at once; while running, no more than a person can follow.
        const room = t.waiting > 0 ? KEPT : SHOWN_PER_FLUSH;
        const fresh = taken.slice(-room).reverse();
        const skipped = t.skipped + Math.max(0, t.waiting + arrivals - fresh.length);
        if (fresh.length === 0) return t.rate === rate ? t : { ...t, rate };
        return { ...t, rate, skipped, waiting: 0, rows: [...fresh, ...t.rows].slice(0, KEPT) };
      });
    }, FLUSH_MILLIS);
    return () => {
      stream.close();
      clearInterval(flush);
    };
  }, [q, on]);

  const clear = useCallback(() => setTail((t) => ({ ...t, rows: [], skipped: 0 })), []);
  return { ...tail, clear };
}
