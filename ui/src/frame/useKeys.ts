import { useEffect, useRef } from 'react';
import { singleKeys } from '../state/habits';

type Keys = Readonly<Record<string, (() => void) | undefined>>;

/** Who listens, the innermost view last: it is asked first. */
const listening: { current: Keys }[] = [];
const SECOND_KEY_MILLIS = 1200;
let begun: string | undefined;
let forget: ReturnType<typeof setTimeout> | undefined;

/**
 * Shortcuts of single keys (`j`), of two in a row (`g s`) and with the command key (`mod+k`). Single keys work nowhere
 * where one types, and can be switched off; keys that belong to a button stay the button's.
 */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (listening.length === 0) window.addEventListener('keydown', onKeyDown);
    listening.push(current);
    return () => {
      listening.splice(listening.indexOf(current), 1);
      if (listening.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

const TYPING = 'input, textarea, select, [contenteditable], [role=dialog]';
const PRESSED = 'button, a, summary, [role=button], [role=slider], [role=columnheader], [role=tab]';

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const command = event.ctrlKey || event.metaKey;
  if (!command) {
    if (target.closest(TYPING) !== null || !singleKeys.get()) return;
    if ([' ', 'Enter'].includes(event.key) && target.closest(PRESSED) !== null) return;
    if (event.key.startsWith('Arrow') && target.closest('[role=slider], [role=columnheader]') !== null) return;
  }
  const key = command ? `mod+${event.key.toLowerCase()}` : event.key;
  const name = begun === undefined ? key : `${begun} ${key}`;
  begun = undefined;
  clearTimeout(forget);
  const action = [...listening].reverse().find(({ current }) => current[name] !== undefined)?.current[name];
  if (action !== undefined) {
    event.preventDefault();
    action();
  } else if (listening.some(({ current }) => Object.keys(current).some((known) => known.startsWith(`${key} `)))) {
    begun = key;
    forget = setTimeout(() => {
      begun = undefined;
    }, SECOND_KEY_MILLIS);
  }
}
