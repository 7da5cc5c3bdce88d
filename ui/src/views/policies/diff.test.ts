import { describe, expect, test } from 'vitest';
import { Random } from '../../../dev/fake/random';
import { changedPart, diff, sections } from './diff';
import { yaml } from './yaml';

const told = (before: string[], after: string[]): string[] =>
  diff(before, after).map(({ left, right, equal }) => `${left?.text ?? ''}${equal ? '=' : '>'}${right?.text ?? ''}`);

describe('a diff', () => {
  test('keeps what is equal beside each other, and sets what became what beside each other', () => {
    expect(told(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual(['a=a', 'b>x', 'c=c', 'd=d', '>e']);
  });

  test('of something new or gone has one side only', () => {
    expect(told([], ['a', 'b'])).toEqual(['>a', '>b']);
    expect(told(['a'], [])).toEqual(['a>']);
    expect(told([], [])).toEqual([]);
  });

  test('loses no line and invents none, whatever the two sides are', () => {
    const seed = 20_261_124;
    const random = new Random(seed);
    for (let round = 0; round < 300; round++) {
      const lines = () => Array.from({ length: random.below(12) }, () => 'abcd'.charAt(random.below(4)));
      const [before, after] = [lines(), lines()];
      const rows = diff(before, after);
      const words = `seed ${seed}, round ${round}: ${before.join('')} and ${after.join('')}`;
      expect(
        rows.flatMap(({ left }) => (left ? [left.text] : [])),
        words,
      ).toEqual(before);
      expect(
        rows.flatMap(({ right }) => (right ? [right.text] : [])),
        words,
      ).toEqual(after);
      for (const { left, right, equal } of rows) expect(left?.text === right?.text, words).toBe(equal);
      expect(
        rows.flatMap(({ left }) => (left ? [left.line] : [])),
        words,
      ).toEqual(before.map((_, i) => i + 1));
    }
  });

  test('shows of equal lines only those near a change', () => {
    const before = Array.from({ length: 40 }, (_, i) => `line ${i}`);
    const after = before.map((line, i) => (i === 20 ? 'changed' : line));
    const shown = sections(diff(before, after), 3);
    expect(shown.map((row) => ('hidden' in row ? row.hidden.length : 1))).toEqual([17, ...Array(7).fill(1), 16]);
  });

  test('marks the part of a line that changed', () => {
    expect(changedPart('- GET', '- GET, POST')).toEqual({ from: 5, left: 5, right: 11 });
    expect(changedPart('aXb', 'aYb')).toEqual({ from: 1, left: 2, right: 2 });
  });
});

describe('an object as YAML', () => {
  test('reads as people write it', () => {
    const policy = {
      spec: {
        rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }], to: [] }],
        action: 'ALLOW',
      },
      kind: 'AuthorizationPolicy',
      apiVersion: 'security.istio.io/v1',
      metadata: { namespace: 'shop', name: 'orders-viewer', labels: {} },
    };
    expect(yaml(policy)).toEqual([
      'apiVersion: security.istio.io/v1',
      'kind: AuthorizationPolicy',
      'metadata:',
      '  name: orders-viewer',
      '  namespace: shop',
      '  labels: {}',
      'spec:',
      '  action: ALLOW',
      '  rules:',
      '    - from:',
      '        - source:',
      '            principals:',
      '              - cluster.local/ns/shop/sa/web',
      '      to: []',
    ]);
  });

  test('quotes what would be read as something else, and keeps the lines of a text', () => {
    expect(yaml({ a: 'true', b: '', c: '1', d: 'x: y', e: 1, f: null })).toEqual([
      'a: "true"',
      'b: ""',
      'c: "1"',
      'd: "x: y"',
      'e: 1',
      'f: null',
    ]);
    expect(yaml({ text: 'one\ntwo\n' })).toEqual(['text: |', '  one', '  two']);
    expect(yaml([['a', 'b'], {}])).toEqual(['- - a', '  - b', '- {}']);
  });
});
