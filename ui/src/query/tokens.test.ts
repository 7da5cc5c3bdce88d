import { expect, test } from 'vitest';
import { tokens } from './tokens';

const kinds = (query: string) => tokens(query).map(({ kind, text }) => `${kind} ${text}`);

test('fields, values, negation and words are told apart', () => {
  expect(kinds('-outcome:denied "a b" slow').filter((k) => !k.startsWith('blank'))).toEqual([
    'not -',
    'field outcome',
    'operator :',
    'value denied',
    'quoted "a b"',
    'word slow',
  ]);
  expect(kinds('http.status>=500')).toEqual(['field http.status', 'operator >=', 'value 500']);
  expect(kinds('spiffe://a/b')).toEqual(['word spiffe://a/b']);
  expect(kinds('a:(x OR y)')[4]).toBe('blank  ');
});

test('whatever is typed, the tokens are the query without a gap', () => {
  let seed = 7;
  const alphabet = 'ab:-"\\()[]<>=! ANDORNOT*./';
  for (let run = 0; run < 2000; run++) {
    let query = '';
    for (let i = 0; i < 14; i++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      query += alphabet.charAt(seed % alphabet.length);
    }
    expect(
      tokens(query)
        .map(({ text }) => text)
        .join(''),
      `seed 7, run ${run}`,
    ).toBe(query);
  }
});
