/** Something with a size that is to get its place. */
export interface Item {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

export interface Gaps {
  /** Between columns and between the items of a column. */
  readonly x: number;
  readonly y: number;
}

export interface Arrangement {
  readonly at: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly width: number;
  readonly height: number;
}

const SWEEPS = 6;
/** Wider than high, as screens are. */
const ASPECT = 1.7;

/**
 * Columns from left to right in the direction of the arrows (Sugiyama): cycles are broken, each item stands one column
 * after the last that points to it, and within a column near those that it is joined to. Items without any arrow
 * stand in rows below. The same input gives the same picture, whatever the order of the arrows.
 */
export function layered(items: readonly Item[], arrows: readonly Arrow[], gaps: Gaps): Arrangement {
  const known = new Map(items.map((item) => [item.id, item]));
  const real = arrows.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
  const joined = new Set(real.flatMap(({ from, to }) => [from, to]));
  const columns = columnsOf(
    items.filter(({ id }) => joined.has(id)),
    real,
  );
  const at = new Map<string, { x: number; y: number }>();
  const target = Math.sqrt(items.reduce((sum, i) => sum + (i.width + gaps.x) * (i.height + gaps.y), 0) / ASPECT);
  const stacks = columns.flatMap((column) => wrapped(column, Math.max(target * 1.6, 1), gaps.y));
  const tallest = Math.max(0, ...stacks.map((stack) => heightOf(stack, gaps.y)));
  let x = 0;
  for (const stack of stacks) {
    let y = (tallest - heightOf(stack, gaps.y)) / 2;
    const width = Math.max(...stack.map((item) => item.width));
    for (const item of stack) {
      at.set(item.id, { x: x + (width - item.width) / 2, y });
      y += item.height + gaps.y;
    }
    x += width + gaps.x;
  }
  const width = Math.max(0, x - gaps.x);
  const alone = items.filter(({ id }) => !joined.has(id));
  const rows = inRows(alone, Math.max(width, target * ASPECT), tallest === 0 ? 0 : tallest + gaps.y, gaps, at);
  return { at, width: Math.max(width, rows.width), height: Math.max(tallest, rows.bottom) };
}

const heightOf = (stack: readonly Item[], gap: number): number =>
  stack.reduce((sum, item) => sum + item.height + gap, -gap);

function columnsOf(items: readonly Item[], arrows: readonly Arrow[]): Item[][] {
  const ids = items.map(({ id }) => id).sort();
  const out = neighbours(ids, arrows, 'from', 'to');
  const into = neighbours(ids, arrows, 'to', 'from');
  const column = ranks(ids, forward(ids, out, into));
  const columns: string[][] = [];
  for (const id of ids) {
    const rank = column.get(id) ?? 0;
    columns[rank] ??= [];
    columns[rank]?.push(id);
  }
  order(columns, out, into);
  const byId = new Map(items.map((item) => [item.id, item]));
  return columns.map((all) => all.map((id) => byId.get(id) as Item));
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours(ids: readonly string[], arrows: readonly Arrow[], a: keyof Arrow, b: keyof Arrow): Neighbours {
  const found = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const arrow of arrows) found.get(arrow[a])?.add(arrow[b]);
  return new Map([...found].map(([id, set]) => [id, [...set].sort()]));
}

/** The arrows without those that close a cycle. Callers that nobody calls are looked at first, so they stay left. */
function forward(ids: readonly string[], out: Neighbours, into: Neighbours): Map<string, string[]> {
  const state = new Map<string, 'open' | 'done'>();
  const kept = new Map<string, string[]>(ids.map((id) => [id, []]));
  const excess = (id: string) => (out.get(id)?.length ?? 0) - (into.get(id)?.length ?? 0);
  const starts = [...ids].sort(
    (a, b) => (into.get(a)?.length ?? 0) - (into.get(b)?.length ?? 0) || excess(b) - excess(a) || (a < b ? -1 : 1),
  );
  for (const start of starts) {
    if (state.has(start)) continue;
    // An explicit stack: a chain of thousands must not be deeper than the browser's.
    const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    while (path.length > 0) {
      const top = path[path.length - 1] as { id: string; next: number };
      const to = out.get(top.id)?.[top.next++];
      if (to === undefined) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(to) !== 'open') {
        kept.get(top.id)?.push(to);
        if (!state.has(to)) {
          state.set(to, 'open');
          path.push({ id: to, next: 0 });
        }
      }
    }
  }
  return kept;
}

function ranks(ids: readonly string[], arrows: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const waiting = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const all of arrows.values()) for (const to of all) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const rank = new Map<string, number>(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    for (const to of arrows.get(id) ?? []) {
      rank.set(to, Math.max(rank.get(to) ?? 0, (rank.get(id) ?? 0) + 1));
      waiting.set(to, (waiting.get(to) ?? 1) - 1);
      if (waiting.get(to) === 0) ready.push(to);
    }
  }
  return rank;
}

/** Sorts each column by where its neighbours stand in the one before, then in the one after, some times. */
function order(columns: string[][], out: Neighbours, into: Neighbours): void {
  const place = new Map<string, number>();
  const note = (column: readonly string[]) => {
    for (const [i, id] of column.entries()) place.set(id, (i + 0.5) / column.length);
  };
  columns.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const toRight = sweep % 2 === 0;
    for (const column of toRight ? columns : [...columns].reverse()) {
      const middle = (id: string) => {
        const all = ((toRight ? into : out).get(id) ?? []).map((other) => place.get(other) ?? 0.5);
        return all.length === 0 ? (place.get(id) ?? 0.5) : all.reduce((a, b) => a + b, 0) / all.length;
      };
      const middles = new Map(column.map((id) => [id, middle(id)]));
      column.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0) || (a < b ? -1 : 1));
      note(column);
    }
  }
}

/** A column that is too high is broken into several. */
function wrapped(column: readonly Item[], most: number, gap: number): Item[][] {
  const stacks = Math.max(1, Math.ceil(heightOf(column, gap) / most));
  const each = Math.ceil(column.length / stacks);
  return Array.from({ length: Math.ceil(column.length / each) }, (_, i) => column.slice(i * each, (i + 1) * each));
}

function inRows(
  items: readonly Item[],
  most: number,
  top: number,
  gaps: Gaps,
  at: Map<string, { x: number; y: number }>,
): { width: number; bottom: number } {
  let x = 0;
  let y = top;
  let row = 0;
  let width = 0;
  for (const item of items) {
    if (x > 0 && x + item.width > most) {
      x = 0;
      y += row + gaps.y;
      row = 0;
    }
    at.set(item.id, { x, y });
    x += item.width + gaps.x / 2;
    row = Math.max(row, item.height);
    width = Math.max(width, x - gaps.x / 2);
  }
  return { width, bottom: items.length === 0 ? top : y + row };
}
