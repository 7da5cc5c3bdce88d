/** What a stretch of a query is, for its colour. The server alone decides whether the query parses. */
export type TokenKind = 'field' | 'operator' | 'value' | 'quoted' | 'keyword' | 'not' | 'bracket' | 'word' | 'blank';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const RULES: readonly (readonly [TokenKind, RegExp])[] = [
  ['blank', /\s+/y],
  ['keyword', /(?:AND|OR|NOT|TO)(?![^\s()[\]])/y],
  ['bracket', /[()[\]]/y],
  ['not', /-(?=[^\s])/y],
  ['field', /[a-z][A-Za-z0-9_.-]*(?=:(?!\/\/)|!=|[<>=])/y],
  ['operator', /:|!=|[<>]=?|=/y],
  ['quoted', /"(?:[^"\\]|\\.)*"?/sy],
  ['word', /[^\s()[\]"]+/y],
];

/** Takes a query apart without a gap: the texts of the tokens are the query. */
export function tokens(query: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const token = next(query, at, found.at(-1)?.kind);
    found.push(token);
    at += token.text.length;
  }
  return found;
}

function next(query: string, at: number, before: TokenKind | undefined): Token {
  for (const [kind, rule] of RULES) {
    // A minus inside a value is no negation, nor is a colon in it an operator.
    if (kind === 'not' && before !== undefined && !['blank', 'bracket', 'keyword', 'not'].includes(before)) continue;
    if ((kind === 'field' || kind === 'keyword') && before === 'operator') continue;
    if (kind === 'operator' && before !== 'field' && before !== 'operator') continue;
    rule.lastIndex = at;
    const text = rule.exec(query)?.[0];
    if (text === undefined || text === '') continue;
    return { kind: kind === 'word' && (before === 'operator' || before === 'value') ? 'value' : kind, text };
  }
  return { kind: 'word', text: query.charAt(at) };
}
