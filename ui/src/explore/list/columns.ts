import { ALL_FIELDS, ROW_FIELDS } from '../../event/fields';
import type { Column } from '../../state/look';

/** Columns made of several fields; every other name is a field. */
const COMPOSED: Readonly<Record<string, { readonly title: string; readonly track: string }>> = {
  event: { title: 'Event', track: 'minmax(320px, 1fr)' },
  who: { title: 'Who', track: 'minmax(110px, 190px)' },
  whom: { title: 'Whom', track: 'minmax(110px, 190px)' },
  what: { title: 'What', track: 'minmax(140px, 1fr)' },
  status: { title: 'Status', track: '58px' },
  why: { title: 'Why', track: 'minmax(170px, 1.1fr)' },
  stage: { title: 'Proof', track: '92px' },
};

const TRACKS: Readonly<Record<string, string>> = {
  time: '150px',
  received: '150px',
  outcome: '86px',
  kind: '100px',
  'http.path': 'minmax(160px, 1fr)',
  detail: 'minmax(200px, 1fr)',
  raw: 'minmax(240px, 1fr)',
};

/** Sentences: when, what happened, how far it is proven. */
export const DEFAULT_COLUMNS: readonly Column[] = [{ name: 'time' }, { name: 'event' }, { name: 'stage' }];

/** What the same sentence is made of, one column each. */
export const TABLE_COLUMNS: readonly Column[] = [
  'time',
  'outcome',
  'kind',
  'who',
  'whom',
  'what',
  'status',
  'why',
  'stage',
].map((name) => ({ name }));

export const isComposed = (name: string): boolean => name in COMPOSED;

export const titleOf = (name: string): string => COMPOSED[name]?.title ?? (name === 'time' ? 'Time' : name);

const track = ({ name, width }: Column): string =>
  width === undefined ? (COMPOSED[name]?.track ?? TRACKS[name] ?? 'minmax(120px, 190px)') : `${width}px`;

/** The grid of every row. Where all widths are fixed, the last column takes what is left. */
export const template = (columns: readonly Column[]): string => {
  const tracks = columns.map(track);
  return (tracks.some((one) => one.endsWith('fr)')) ? tracks : [...tracks, '1fr']).join(' ');
};

/** The least width at which no column is squeezed below what can be read. */
export const leastWidth = (columns: readonly Column[]): number =>
  columns.reduce((sum, column) => sum + Number(/(\d+)px/.exec(track(column))?.[1] ?? 120) + 12, 28);

/** What can be asked for as a column, composed ones first. */
export const ALL_COLUMNS: readonly string[] = [...Object.keys(COMPOSED), ...ALL_FIELDS];

/** The fields to ask the server for: those of the sentence, and the chosen ones. */
export function fieldsFor(columns: readonly Column[]): readonly string[] {
  return [...new Set([...ROW_FIELDS, ...columns.map(({ name }) => name).filter((name) => !isComposed(name))])];
}

export function moved(columns: readonly Column[], from: number, to: number): readonly Column[] {
  const rest = columns.filter((_, i) => i !== from);
  const one = columns[from];
  return one === undefined ? columns : [...rest.slice(0, to), one, ...rest.slice(to)];
}
