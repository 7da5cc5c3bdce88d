import { useEffect, useSyncExternalStore } from 'react';

/** Something that can be done here, by name. */
export interface Command {
  readonly title: string;
  readonly keys?: string;
  readonly run: () => void;
}

const groups = new Map<string, readonly Command[]>();
let all: readonly (Command & { readonly group: string })[] = [];
const listeners = new Set<() => void>();

function announce(): void {
  all = [...groups].flatMap(([group, commands]) => commands.map((command) => ({ ...command, group })));
  for (const listener of listeners) listener();
}

/** Offers commands in the palette for as long as the component is there. */
export function useCommands(group: string, commands: readonly Command[]): void {
  useEffect(() => {
    groups.set(group, commands);
    announce();
    return () => {
      groups.delete(group);
      announce();
    };
  }, [group, commands]);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useAllCommands = () => useSyncExternalStore(subscribe, () => all);

/** Commands whose title holds the letters in their order, the closer together and the earlier the better. */
export function matching<T extends { readonly title: string }>(commands: readonly T[], typed: string): readonly T[] {
  const needle = typed.toLowerCase().replace(/\s+/g, '');
  if (needle === '') return commands;
  return commands
    .map((command) => ({ command, cost: cost(command.title.toLowerCase(), needle) }))
    .filter(({ cost }) => cost !== undefined)
    .sort((a, b) => (a.cost ?? 0) - (b.cost ?? 0))
    .map(({ command }) => command);
}

function cost(title: string, needle: string): number | undefined {
  const whole = title.indexOf(needle);
  if (whole >= 0) return whole === 0 || title.charAt(whole - 1) === ' ' ? -1 : 0;
  let at = -1;
  let sum = 0;
  for (const char of needle) {
    const next = title.indexOf(char, at + 1);
    if (next < 0) return undefined;
    sum += next - at - 1 + (title.charAt(next - 1) === ' ' || next === 0 ? 0 : 1);
    at = next;
  }
  return sum;
}
