import { describe, expect, test } from 'vitest';
import { corrected, exclude, include, inverted, literal, only, pieces, stateOf, terms, without } from './edit';

describe('a value', () => {
  test('is written bare only where that cannot be misread', () => {
    expect(literal('denied')).toBe('denied');
    expect(literal('/admin/refunds')).toBe('/admin/refunds');
    expect(literal('spiffe://demo/ns/shop/sa/web')).toBe('"spiffe://demo/ns/shop/sa/web"');
    expect(literal('-x')).toBe('"-x"');
    expect(literal('OR')).toBe('"OR"');
    expect(literal('say "a*b"\\')).toBe('"say \\"a\\*b\\"\\\\"');
    expect(literal('')).toBe('""');
  });
});

describe('a query', () => {
  test('is taken apart at its top level only', () => {
    expect(pieces('a "b c" f:(x OR y) g:[1 TO 2] h:"\\" d"')).toEqual([
      'a',
      '"b c"',
      'f:(x OR y)',
      'g:[1 TO 2]',
      'h:"\\" d"',
    ]);
  });

  test('gains a second value of a field as an alternative, and loses it the same way', () => {
    const one = include('slow', 'outcome', 'denied');
    const two = include(one, 'outcome', 'failed');
    expect(one).toBe('slow outcome:denied');
    expect(two).toBe('slow outcome:(denied OR failed)');
    expect(stateOf(two, 'outcome', 'failed')).toBe('included');
    expect(include(two, 'outcome', 'denied')).toBe('slow outcome:failed');
    expect(include(one, 'outcome', 'denied')).toBe('slow');
  });

  test('turns a wanted value into an unwanted one and back', () => {
    const excluded = exclude('outcome:denied', 'outcome', 'denied');
    expect(excluded).toBe('-outcome:denied');
    expect(stateOf(excluded, 'outcome', 'denied')).toBe('excluded');
    expect(include(excluded, 'outcome', 'denied')).toBe('outcome:denied');
    expect(exclude(excluded, 'outcome', 'denied')).toBe('');
  });

  test('with alternatives at its top level is put in parentheses before a term is added', () => {
    expect(include('a OR b', 'kind', 'token')).toBe('(a OR b) kind:token');
    expect(exclude('a OR b', 'kind', 'token')).toBe('(a OR b) -kind:token');
  });

  test('without a field keeps all else', () => {
    expect(without('x outcome:(a OR b) -outcome:c kind:token', 'outcome')).toBe('x kind:token');
    expect(only('outcome:(a OR b)', 'outcome', 'c')).toBe('outcome:c');
  });
});

describe('terms', () => {
  test('come apart and together without loss', () => {
    const query = 'slow -outcome:denied NOT (a OR b) http.path:"/a b"';
    expect(terms(query)).toEqual(['slow', '-outcome:denied', 'NOT (a OR b)', 'http.path:"/a b"']);
    expect(terms(query)?.join(' ')).toBe(query);
    expect(terms('a AND b')).toEqual(['a', 'b']);
    expect(terms('a OR b')).toBeUndefined();
  });

  test('are turned into their opposite and back', () => {
    for (const term of ['outcome:denied', '(a OR b)', '"x y"']) expect(inverted(inverted(term))).toBe(term);
    expect(inverted('NOT a')).toBe('a');
  });

  test('that were misspelt are corrected at their place', () => {
    expect(corrected('slow outcom:denied', 5, 'outcome')).toBe('slow outcome:denied');
  });
});
