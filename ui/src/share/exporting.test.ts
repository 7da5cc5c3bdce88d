import { expect, test } from 'vitest';
import { csvLine } from './exporting';

test('a cell is quoted where it must be, and a formula is text', () => {
  expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines'])).toBe('a,"b,c","say ""x""","two\nlines"\r\n');
  expect(csvLine(['=HYPERLINK("http://evil")', '-1', '+1', '@x'])).toBe(
    `"'=HYPERLINK(""http://evil"")",'-1,'+1,'@x\r\n`,
  );
});
