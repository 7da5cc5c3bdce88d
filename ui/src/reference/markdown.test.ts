import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REASON_CODES } from '../event/reasons';
import { blocks, spans } from './markdown';

const page = (name: string) => readFileSync(new URL(`../../../docs/reference/${name}.md`, import.meta.url), 'utf8');

test('a page becomes headings, tables and code', () => {
  const found = blocks(
    '# T\n\nsome\nwords\n\n| A | B |\n|---|---|\n| `x|y` | z |\n\n```\ncode\n```\n- one\n  more\n- two\n',
  );
  expect(found).toEqual([
    { kind: 'heading', level: 1, text: 'T' },
    { kind: 'paragraph', text: 'some words' },
    { kind: 'table', head: ['A', 'B'], rows: [['`x|y`', 'z']] },
    { kind: 'code', text: 'code' },
    { kind: 'list', items: ['one more', 'two'] },
  ]);
  expect(spans('a `b` **c** [d](e.md)').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'text a ',
    'code b',
    'text  ',
    'strong c',
    'text  ',
    'text d',
  ]);
});

test('every reason that the page explains is documented', () => {
  const codes = blocks(page('reasons')).flatMap((block) =>
    block.kind === 'table' ? block.rows.map((row) => row[0]) : [],
  );
  for (const code of REASON_CODES) expect(codes).toContain(`\`${code}\``);
});
