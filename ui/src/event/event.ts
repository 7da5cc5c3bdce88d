import type { components } from '../api/schema.gen';

export type Schemas = components['schemas'];
export type Stage = Schemas['Stage'];
export type Outcome = Schemas['Outcome'];

export type FieldValue = string | number | readonly string[];

/** A normalised event: flat keys, absent means unknown. */
export type MeshEvent = Readonly<Record<string, FieldValue | undefined>>;

/** One event of an answer. The generated type cannot say "text, but for these fields", so `event` is our own. */
export type Element = Omit<Schemas['Element'], 'event'> & { readonly event: MeshEvent };
export type EventDetail = Element & Schemas['Completeness'] & { readonly entry: string };

export const OUTCOMES: readonly Outcome[] = ['allowed', 'denied', 'failed', 'changed', 'unknown'];
export const STAGES: readonly Stage[] = ['sequenced', 'integrated', 'published', 'witnessed'];

/** The value of a field as text, or undefined where it is unknown. */
export function text(event: MeshEvent, field: string): string | undefined {
  const value = event[field];
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export function outcomeOf(event: MeshEvent): Outcome {
  const outcome = text(event, 'outcome');
  return OUTCOMES.find((known) => known === outcome) ?? 'unknown';
}

export function split(address: string): { ledger: string; leafIndex: number } {
  const slash = address.lastIndexOf('/');
  return { ledger: address.slice(0, slash), leafIndex: Number(address.slice(slash + 1)) };
}

/**
 * The stage of an event that was read a while ago: once a checkpoint is over its place, it is published. `ledgers` is
 * what the server last said about them.
 */
export function stageNow({ address, stage }: Element, ledgers: readonly Schemas['Ledger'][]): Stage {
  const { ledger, leafIndex } = split(address);
  const known = ledgers.find(({ name }) => name === ledger);
  if (known?.witnessed !== undefined && leafIndex < known.witnessed) return 'witnessed';
  if (known === undefined || leafIndex >= known.size || stage === 'witnessed') return stage;
  return 'published';
}
