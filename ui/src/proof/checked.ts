import { useSyncExternalStore } from 'react';
import { fetchEvent, fetchProof } from '../api/queries';
import type { EventDetail } from '../event/event';
import { split } from '../event/event';
import { fromBase64 } from './bytes';
import { type Verdict, verify } from './verify';

/** What this browser has checked since the page was loaded, by address. Forgotten with the page: a badge is no memory. */
let checked: ReadonlyMap<string, boolean> = new Map();
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useChecked = (): ReadonlyMap<string, boolean> => useSyncExternalStore(subscribe, () => checked);

function note(address: string, ok: boolean): void {
  checked = new Map(checked).set(address, ok);
  for (const listener of listeners) listener();
}

/** A byte of the entry that is changed here before the check, to see what tampering looks like. */
export interface Tampered {
  readonly at: number;
  readonly was: number;
  readonly is: number;
}

export type CheckedVerdict = Verdict & { readonly tampered?: Tampered };

/** Checks an event from its entry bytes, the proof and the ledger's key. Only an honest check counts for the badge. */
export async function check(detail: EventDetail, tamper = false): Promise<CheckedVerdict> {
  const { ledger, leafIndex } = split(detail.address);
  const entry = fromBase64(detail.entry);
  if (entry === undefined) throw new Error('The server sent an entry that is not base64.');
  const { proof, key } = await fetchProof(detail.address);
  const at = entry.length >> 1;
  const was = entry[at] ?? 0;
  if (tamper) entry[at] = was ^ 1;
  const verdict = verify({ ledger, leafIndex, entry, proof, key, shown: detail.event });
  if (tamper) return { ...verdict, tampered: { at, was, is: was ^ 1 } };
  note(detail.address, verdict.ok);
  return verdict;
}

export const checkAddress = async (address: string): Promise<boolean> => (await check(await fetchEvent(address))).ok;
