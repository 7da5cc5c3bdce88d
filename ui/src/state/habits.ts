import { Stored, texts } from './stored';

/** Whether single keys are shortcuts. Off for who speaks to the machine or types by other means (WCAG 2.1.4). */
export const singleKeys = new Stored<boolean>('keys', (text) => text !== 'false');

/** Fields of the facet column that this reader wants on top, and those she closed or opened against the default. */
export const pinnedFields = new Stored('pinned', texts);
export const toggledFields = new Stored('toggled', texts);

/** Queries asked here, the newest first. */
export const askedBefore = new Stored('asked', texts);

const REMEMBERED = 50;

export function remember(query: string): void {
  if (query.trim() === '') return;
  askedBefore.set([query, ...askedBefore.get().filter((one) => one !== query)].slice(0, REMEMBERED));
}

export const toggle = (stored: Stored<readonly string[]>, one: string): void =>
  stored.set(stored.get().includes(one) ? stored.get().filter((other) => other !== one) : [...stored.get(), one]);
