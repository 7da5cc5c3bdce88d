import { type Navigate, toView, type ViewName } from '../state/view';

/** The views as the header names them, each with the two keys that go there. */
export const VIEWS: readonly { readonly name: ViewName; readonly label: string; readonly keys: string }[] = [
  { name: 'events', label: 'Events', keys: 'g e' },
  { name: 'map', label: 'Map', keys: 'g s' },
  { name: 'trace', label: 'Traces', keys: 'g t' },
  { name: 'policies', label: 'Policies', keys: 'g p' },
  { name: 'ledgers', label: 'Ledgers', keys: 'g l' },
  { name: 'sources', label: 'Sources', keys: 'g r' },
];

export const goes = (navigate: Navigate): Readonly<Record<string, () => void>> =>
  Object.fromEntries(VIEWS.map(({ name, keys }) => [keys, () => navigate(toView(name))]));
