import { useEffect } from 'react';
import { type Navigate, toView, type ViewName } from '../state/view';

/** `g` and then a letter goes to a view. */
export const GOES: readonly { readonly key: string; readonly view: ViewName; readonly label: string }[] = [
  { key: 'e', view: 'events', label: 'Events' },
  { key: 's', view: 'map', label: 'Map of services' },
  { key: 't', view: 'trace', label: 'Traces' },
  { key: 'p', view: 'policies', label: 'Policies' },
  { key: 'l', view: 'ledgers', label: 'Ledgers' },
  { key: 'r', view: 'sources', label: 'Sources (who reports)' },
];

const PATIENCE_MILLIS = 1500;

/** Listens before the views do, so that the second key of a pair is never taken for a shortcut of its own. */
export function useGo(navigate: Navigate): void {
  useEffect(() => {
    let begun = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest('input, textarea, select, [contenteditable], [role=dialog]')) return;
      const second = event.timeStamp - begun < PATIENCE_MILLIS;
      begun = !second && event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const goal = second ? GOES.find(({ key }) => key === event.key) : undefined;
      if (goal === undefined && begun === Number.NEGATIVE_INFINITY) return;
      event.preventDefault();
      event.stopPropagation();
      if (goal !== undefined) navigate(toView(goal.view));
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [navigate]);
}
