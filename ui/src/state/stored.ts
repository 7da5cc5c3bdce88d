import { useSyncExternalStore } from 'react';

/**
 * A habit of this reader that stays in this browser: text under one key, the same for every component that reads it.
 * What belongs to a question is not kept here but in the address.
 */
export class Stored<T> {
  readonly #key: string;
  readonly #read: (text: string | null) => T;
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(name: string, read: (text: string | null) => T) {
    this.#key = `meshtrail.${name}`;
    this.#read = read;
    this.#value = read(this.#load());
  }

  readonly get = (): T => this.#value;

  readonly set = (value: T): void => {
    this.#value = value;
    try {
      localStorage.setItem(this.#key, typeof value === 'string' ? value : JSON.stringify(value));
    } catch {
      // Storage may be forbidden or full; the choice then lasts until the page is closed.
    }
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes over what another tab wrote. */
  readonly reload = (key: string | null): void => {
    if (key !== this.#key) return;
    this.#value = this.#read(this.#load());
    for (const listener of this.#listeners) listener();
  };

  #load(): string | null {
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }
}

export const useStored = <T>(stored: Stored<T>): T => useSyncExternalStore(stored.subscribe, stored.get);

/** A stored list of texts; whatever else stands there is none. */
export function texts(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
