import { expect, test } from 'vitest';
import { apply, completionAt, fieldsFor, queryAround } from './completion';

const at = (query: string) => completionAt(query, query.length);

test('before its colon a word is completed to a field, after it to a value', () => {
  expect(at('outcome:denied pol')?.wants).toEqual({ kind: 'field', prefix: 'pol' });
  expect(at('-pol')?.wants).toEqual({ kind: 'field', prefix: 'pol' });
  expect(at('policy.name:sh')?.wants).toEqual({ kind: 'value', field: 'policy.name', prefix: 'sh' });
  expect(at('outcome:(denied OR f')?.wants).toEqual({ kind: 'value', field: 'outcome', prefix: 'f' });
  expect(at('outcome:denied ')).toBeUndefined();
});

test('a chosen value is quoted where it must be, and the rest of the query stays', () => {
  const completion = completionAt('source.identity:spi http.status:403', 19);
  if (completion === undefined) throw new Error('no completion');
  expect(apply('source.identity:spi http.status:403', completion, 'spiffe://a/b')).toEqual({
    query: 'source.identity:"spiffe://a/b" http.status:403',
    caret: 31,
  });
});

test('fields that begin with what was typed come first', () => {
  expect(fieldsFor('pol')[0]).toBe('policy.name');
  expect(fieldsFor('identity')).toContain('source.identity');
});

test('values are looked for among the events that the rest of the query finds', () => {
  const around = (query: string, caret: number) => {
    const completion = completionAt(query, caret);
    if (completion === undefined) throw new Error('no completion');
    return queryAround(query, completion);
  };
  expect(around('outcome:denied policy.name:sh', 29)).toBe('outcome:denied policy.name:"*sh*"');
  expect(around('policy.name: kind:token', 12)).toBe('kind:token');
  expect(around('-policy.name:sh', 15)).toBe('policy.name:"*sh*"');
  expect(around('http.status:4', 13)).toBe('');
});
