import { useDeferredValue, useMemo, useState } from 'react';
import { type Element, text } from '../event/event';
import { sentence } from '../event/sentence';

export interface Find {
  readonly text: string | undefined;
  readonly found: readonly number[];
  readonly at: number;
  readonly open: () => void;
  readonly close: () => void;
  readonly change: (text: string) => void;
  readonly step: (by: number) => void;
}

/** Finds a text in the sentence and the shown fields of the loaded rows, those included that are not drawn. */
export function useFind(rows: readonly Element[], fields: readonly string[], go: (address: string) => void): Find {
  const [sought, setSought] = useState<string>();
  const [at, setAt] = useState(0);
  const needle = useDeferredValue(sought ?? '').toLowerCase();
  const found = useMemo(() => {
    if (needle === '') return [];
    return rows.flatMap(({ event }, i) => {
      const words = `${sentence(event)} ${fields.map((field) => text(event, field) ?? '').join(' ')}`;
      return words.toLowerCase().includes(needle) ? [i] : [];
    });
  }, [needle, rows, fields]);
  const step = (by: number) => {
    if (found.length === 0) return;
    const next = (at + by + found.length) % found.length;
    setAt(next);
    const address = rows[found[next] ?? 0]?.address;
    if (address !== undefined) go(address);
  };
  return {
    text: sought,
    found,
    at: Math.min(at, Math.max(0, found.length - 1)),
    open: () => setSought(sought ?? ''),
    close: () => setSought(undefined),
    change: (next) => {
      setSought(next);
      // The first Enter goes to the first match.
      setAt(-1);
    },
    step,
  };
}
