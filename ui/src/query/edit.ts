/**
 * Changes a query by hand of the mouse: adds, inverts and removes `field:value` terms and leaves the rest of the text
 * as the person wrote it. Only top-level terms are touched.
 */

const BARE = /^[A-Za-z0-9_./@][A-Za-z0-9_./@-]*$/;
const KEYWORDS = new Set(['AND', 'OR', 'NOT']);

/** A value as the query language writes it: bare if that is unambiguous, else in quotes, with stars made literal. */
export function literal(value: string): string {
  if (BARE.test(value) && !KEYWORDS.has(value)) return value;
  return `"${value.replace(/[\\"*]/g, (char) => `\\${char}`)}"`;
}

/** Top-level pieces of a query: terms with their quotes and parentheses, and the operators between them. */
export function pieces(query: string): string[] {
  const found: string[] = [];
  let piece = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < query.length; i++) {
    const char = query.charAt(i);
    if (char === '\\') {
      piece += char + query.charAt(++i);
      continue;
    }
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '(' || char === '[')) depth++;
    else if (!quoted && (char === ')' || char === ']')) depth--;
    if (/\s/.test(char) && !quoted && depth === 0) {
      if (piece !== '') found.push(piece);
      piece = '';
    } else {
      piece += char;
    }
  }
  if (piece !== '') found.push(piece);
  return found;
}

/** The values that the query's top level includes for a field, as written. */
function group(field: string, piece: string): string[] | undefined {
  if (!piece.startsWith(`${field}:`)) return undefined;
  const value = piece.slice(field.length + 1);
  if (!value.startsWith('(') || !value.endsWith(')')) return [value];
  const inside = pieces(value.slice(1, -1));
  return inside.every((word, i) => (i % 2 === 1) === (word === 'OR'))
    ? inside.filter((_, i) => i % 2 === 0)
    : undefined;
}

const write = (field: string, values: readonly string[]): string =>
  values.length === 1 ? `${field}:${values[0]}` : `${field}:(${values.join(' OR ')})`;

const hasOr = (all: readonly string[]): boolean => all.includes('OR');

export type TermState = 'included' | 'excluded' | undefined;

export function stateOf(query: string, field: string, value: string): TermState {
  const all = pieces(query);
  if (hasOr(all)) return undefined;
  const wanted = literal(value);
  for (const piece of all) {
    if (piece === `-${field}:${wanted}`) return 'excluded';
    if (group(field, piece)?.includes(wanted)) return 'included';
  }
  return undefined;
}

/** Adds the value to what is wanted of the field (OR within a field), or takes it away if it is there already. */
export function include(query: string, field: string, value: string): string {
  const wanted = literal(value);
  let all = pieces(query).filter((piece) => piece !== '*');
  if (hasOr(all)) return `(${all.join(' ')}) ${field}:${wanted}`;
  all = all.filter((piece) => piece !== `-${field}:${wanted}`);
  const at = all.findIndex((piece) => group(field, piece) !== undefined);
  if (at < 0) return [...all, `${field}:${wanted}`].join(' ');
  const values = group(field, all[at] ?? '') ?? [];
  const next = values.includes(wanted) ? values.filter((v) => v !== wanted) : [...values, wanted];
  return [...all.slice(0, at), ...(next.length > 0 ? [write(field, next)] : []), ...all.slice(at + 1)].join(' ');
}

/** Leaves out events with this value, or takes that wish away if it is there already. */
export function exclude(query: string, field: string, value: string): string {
  const unwanted = `-${field}:${literal(value)}`;
  let all = pieces(query).filter((piece) => piece !== '*');
  if (hasOr(all)) return `(${all.join(' ')}) ${unwanted}`;
  if (all.includes(unwanted)) return all.filter((piece) => piece !== unwanted).join(' ');
  if (stateOf(query, field, value) === 'included') all = pieces(include(query, field, value));
  return [...all, unwanted].join(' ');
}

/** Only this value of the field, whatever was asked of the field before. */
export const only = (query: string, field: string, value: string): string =>
  include(without(query, field), field, value);

/** The query without its top-level terms on a field: what a facet counts, so that its other values stay visible. */
export function without(query: string, field: string): string {
  const all = pieces(query);
  if (hasOr(all)) return query;
  return all.filter((piece) => group(field, piece.replace(/^-/, '')) === undefined).join(' ');
}

/** The query, and besides what is added to it. */
export function also(query: string, added: string): string {
  const all = pieces(query).filter((piece) => piece !== '*');
  if (all.length === 0 || added === '') return added === '' ? query : added;
  const more = hasOr(pieces(added)) ? `(${added})` : added;
  return hasOr(all) ? `(${all.join(' ')}) ${more}` : `${all.join(' ')} ${more}`;
}

/**
 * The terms of a query that hold together by AND, each as written, or undefined where it has alternatives at its top
 * level. Joined by blanks they are the same query.
 */
export function terms(query: string): string[] | undefined {
  const all = pieces(query);
  if (hasOr(all)) return undefined;
  const found: string[] = [];
  for (const piece of all) {
    if (piece === 'AND') continue;
    const before = found.at(-1);
    if (before !== undefined && /(^|\s)NOT$/.test(before)) found[found.length - 1] = `${before} ${piece}`;
    else found.push(piece);
  }
  return found;
}

/** The opposite of a term. */
export function inverted(term: string): string {
  if (term.startsWith('-')) return term.slice(1);
  return term.startsWith('NOT ') ? term.slice(4) : `-${term}`;
}

/** A query with the word that begins at `position` replaced: what the server meant by "did you mean". */
export function corrected(query: string, position: number, word: string): string {
  const wrong = /^[A-Za-z0-9_.-]+/.exec(query.slice(position))?.[0] ?? '';
  return query.slice(0, position) + word + query.slice(position + wrong.length);
}
