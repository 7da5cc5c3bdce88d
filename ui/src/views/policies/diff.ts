/** A line on the left, on the right, or on both; if both and not equal, one became the other. */
export interface DiffRow {
  readonly left: { readonly line: number; readonly text: string } | undefined;
  readonly right: { readonly line: number; readonly text: string } | undefined;
  readonly equal: boolean;
}

/** Above so many pairs of lines the middle is told as taken out and put in as a whole: the page must not stand still. */
const MOST_PAIRS = 4_000_000;

/** Two texts side by side, with as many lines as possible left as they were. */
export function diff(before: readonly string[], after: readonly string[]): DiffRow[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const room = Math.min(before.length, after.length) - head;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const kept = common(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const pairs: [number, number][] = [
    ...Array.from({ length: head }, (_, i): [number, number] => [i, i]),
    ...kept.map(([i, j]): [number, number] => [i + head, j + head]),
    ...Array.from({ length: tail }, (_, i): [number, number] => [before.length - tail + i, after.length - tail + i]),
    [before.length, after.length],
  ];
  const rows: DiffRow[] = [];
  const side = (lines: readonly string[], at: number, end: number) =>
    at < end ? { line: at + 1, text: lines[at] ?? '' } : undefined;
  let [i, j] = [0, 0];
  for (const [x, y] of pairs) {
    for (; i < x || j < y; i = Math.min(i + 1, x), j = Math.min(j + 1, y)) {
      rows.push({ left: side(before, i, x), right: side(after, j, y), equal: false });
    }
    if (x < before.length || y < after.length) {
      rows.push({ left: side(before, x, x + 1), right: side(after, y, y + 1), equal: true });
      i = x + 1;
      j = y + 1;
    }
  }
  return rows;
}

/** The longest common subsequence, as pairs of places. */
function common(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST_PAIRS) return [];
  const wide = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * wide);
  const at = (i: number, j: number) => longest[i * wide + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * wide + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** What differs within two lines: the part between their common beginning and their common end. */
export function changedPart(
  left: string,
  right: string,
): { readonly from: number; readonly left: number; readonly right: number } {
  let from = 0;
  while (from < left.length && from < right.length && left[from] === right[from]) from++;
  let end = 0;
  const room = Math.min(left.length, right.length) - from;
  while (end < room && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  return { from, left: left.length - end, right: right.length - end };
}

/** Rows with long runs of equal lines made one: only what is near a change is shown. */
export function sections(
  rows: readonly DiffRow[],
  context: number,
): (DiffRow | { readonly hidden: readonly DiffRow[] })[] {
  const near = rows.map((_, i) => rows.slice(Math.max(0, i - context), i + context + 1).some((row) => !row.equal));
  const found: (DiffRow | { hidden: DiffRow[] })[] = [];
  rows.forEach((row, i) => {
    const last = found.at(-1);
    if (near[i]) found.push(row);
    else if (last !== undefined && 'hidden' in last) last.hidden.push(row);
    else found.push({ hidden: [row] });
  });
  return found.flatMap((one) => ('hidden' in one && one.hidden.length < 3 ? one.hidden : [one]));
}
