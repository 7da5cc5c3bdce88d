import { useCallback, useSyncExternalStore } from 'react';
import type { Zone } from '../time/format';

const KEY = 'meshtrail.zone';
const listeners = new Set<() => void>();
let zone: Zone = stored();

function stored(): Zone {
  try {
    return localStorage.getItem(KEY) === 'local' ? 'local' : 'utc';
  } catch {
    return 'utc';
  }
}

/** The zone in which times are shown: a habit of the reader, not of the query, so it is not in the address. */
export function useZone(): readonly [Zone, () => void] {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => zone,
  );
  const toggle = useCallback(() => {
    zone = zone === 'utc' ? 'local' : 'utc';
    try {
      localStorage.setItem(KEY, zone);
    } catch {
      // Storage may be forbidden; the choice then lasts until the page is closed.
    }
    for (const listener of listeners) listener();
  }, []);
  return [current, toggle];
}
