import { answer, client } from '../api/client';
import type { EventPage } from '../api/queries';
import { type Element, text } from '../event/event';
import type { Range } from '../time/range';

export type Format = 'csv' | 'jsonl';

/** The most the server gives at once. */
const PAGE = 10_000;

export interface Wish {
  readonly q: string;
  readonly range: Range;
  readonly format: Format;
  /** The columns of the CSV; the JSON lines hold every field. */
  readonly fields: readonly string[];
}

/**
 * The whole result, page after page, in the order of the list. What the server could not read is said in a last line, so
 * that a file with holes is not taken for a whole one.
 */
export async function* exported(wish: Wish, signal: AbortSignal): AsyncGenerator<{ text: string; events: number }> {
  const bounds = { ...(wish.range.from && { from: wish.range.from }), ...(wish.range.to && { to: wish.range.to }) };
  if (wish.format === 'csv') yield { text: `${csvLine(['address', ...wish.fields])}`, events: 0 };
  let after: string | undefined;
  const missing = new Set<string>();
  do {
    const query = { q: wish.q, limit: PAGE, ...bounds, ...(after && { after }) };
    const page = (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    for (const { detail } of page.missing) missing.add(detail ?? 'something');
    const lines = page.events.map((one) => (wish.format === 'csv' ? row(one, wish.fields) : json(one)));
    yield { text: lines.join(''), events: page.events.length };
    after = page.next;
  } while (after !== undefined);
  if (missing.size === 0) return;
  const words = `not complete: ${[...missing].join('; ')}`;
  yield { text: wish.format === 'csv' ? csvLine([words]) : `${JSON.stringify({ missing: words })}\n`, events: 0 };
}

const json = ({ address, stage, event }: Element): string => `${JSON.stringify({ address, stage, event })}\n`;

const row = ({ address, event }: Element, fields: readonly string[]): string =>
  csvLine([address, ...fields.map((field) => text(event, field) ?? '')]);

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join()}\r\n`;

function cell(value: string): string {
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
