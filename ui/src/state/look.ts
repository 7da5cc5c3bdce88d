/** A column of the list: a field, or one of the composed ones, and its width in pixels where somebody set it. */
export interface Column {
  readonly name: string;
  readonly width?: number;
}

/** How the answer is shown. Part of the view, so that a shared link shows the same. */
export interface Look {
  /** Undefined for the usual ones. */
  readonly columns: readonly Column[] | undefined;
  readonly dense: boolean;
  readonly wrap: boolean;
  /** Repetitions as one row. */
  readonly fold: boolean;
  /** The field by which the histogram is coloured. */
  readonly by: string;
  /** The period before as a line behind the histogram. */
  readonly compare: boolean;
  /** Terms of the query that are laid aside for a moment. */
  readonly off: readonly string[];
}

export const PLAIN: Look = {
  columns: undefined,
  dense: false,
  wrap: false,
  fold: false,
  by: 'outcome',
  compare: false,
  off: [],
};

const NARROWEST = 40;
const WIDEST = 2000;

export function readLook(params: URLSearchParams): Look {
  const columns = params.get('cols')?.split(',').flatMap(column);
  return {
    columns: columns !== undefined && columns.length > 0 ? columns : undefined,
    dense: params.get('dense') === '1',
    wrap: params.get('wrap') === '1',
    fold: params.get('fold') === '1',
    by: params.get('by') ?? PLAIN.by,
    compare: params.get('compare') === '1',
    off: params.getAll('off'),
  };
}

export function writeLook(look: Look, params: URLSearchParams): void {
  if (look.columns !== undefined) {
    params.set('cols', look.columns.map(({ name, width }) => (width ? `${name}:${width}` : name)).join());
  }
  if (look.dense) params.set('dense', '1');
  if (look.wrap) params.set('wrap', '1');
  if (look.fold) params.set('fold', '1');
  if (look.by !== PLAIN.by) params.set('by', look.by);
  if (look.compare) params.set('compare', '1');
  for (const term of look.off) params.append('off', term);
}

function column(text: string): Column[] {
  const match = /^([a-zA-Z][\w.-]{0,127})(?::(\d{1,4}))?$/.exec(text);
  if (match === null) return [];
  const name = match[1] ?? '';
  return match[2] === undefined ? [{ name }] : [{ name, width: bounded(Number(match[2])) }];
}

export const bounded = (width: number): number => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
