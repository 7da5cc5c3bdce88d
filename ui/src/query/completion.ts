import { ALL_FIELDS } from '../event/fields';
import { literal } from './edit';

/** What the text at the caret may become. */
export interface Completion {
  /** The part of the query that a suggestion replaces. */
  readonly from: number;
  readonly to: number;
  readonly wants:
    | { readonly kind: 'field'; readonly prefix: string }
    | { readonly kind: 'value'; readonly field: string; readonly prefix: string }
    /** A whole query that was asked before. */
    | { readonly kind: 'query'; readonly prefix: string };
}

/** Looks at the word before the caret: a field's name until its colon, one of its values after it. */
export function completionAt(query: string, caret: number): Completion | undefined {
  const before = query.slice(0, caret);
  const value = /([a-z][a-z0-9_.]*):(?:\((?:[^()]*\sOR\s)?)?("?)([^\s()"]*)$/.exec(before);
  if (value) {
    const [, field = '', quote = '', prefix = ''] = value;
    return { from: caret - prefix.length - quote.length, to: caret, wants: { kind: 'value', field, prefix } };
  }
  const word = /(?:^|[\s(-])([a-z][a-z0-9_.]*)$/.exec(before)?.[1];
  return word === undefined
    ? undefined
    : { from: caret - word.length, to: caret, wants: { kind: 'field', prefix: word } };
}

/** Fields whose values are numbers: a part of a number finds nothing. */
const NUMBERS = /^(http\.status|grpc\.status|bytes\..*|duration|leafIndex|v|.*\.port|producer\.sequence)$/;

/**
 * The query whose values are worth offering: all that stands around the caret, and values that hold what was typed, so
 * that a rare one is found among thousands.
 */
export function queryAround(query: string, { from, to, wants }: Completion): string {
  if (wants.kind !== 'value') return query;
  const start = query.lastIndexOf(`${wants.field}:`, from);
  const rest = `${query.slice(0, start < 0 ? from : start).replace(/-$/, '')} ${query.slice(to)}`.trim();
  if (wants.prefix === '' || NUMBERS.test(wants.field)) return rest;
  return `${rest} ${wants.field}:"*${wants.prefix.replace(/[\\"*]/g, (char) => `\\${char}`)}*"`.trim();
}

/** Fields that fit, those that begin with what was typed first. */
export function fieldsFor(prefix: string): string[] {
  const fits = ALL_FIELDS.filter((field) => field.includes(prefix) && field !== prefix);
  return fits.sort((a, b) => Number(b.startsWith(prefix)) - Number(a.startsWith(prefix))).slice(0, 9);
}

export const valuesFor = <T extends { readonly value: string }>(values: readonly T[], prefix: string): T[] =>
  values.filter(({ value }) => value.toLowerCase().includes(prefix.toLowerCase())).slice(0, 9);

/** The query with the suggestion put in, and where the caret then stands. */
export function apply(
  query: string,
  { from, to, wants }: Completion,
  chosen: string,
): { query: string; caret: number } {
  if (wants.kind === 'query') return { query: chosen, caret: chosen.length };
  const text = wants.kind === 'field' ? `${chosen}:` : `${literal(chosen)} `;
  const rest = query.slice(to).replace(/^"?\s?/, wants.kind === 'field' ? '$&' : '');
  return { query: query.slice(0, from) + text + rest, caret: from + text.length };
}
