import { expect, test } from 'vitest';
import { DEFAULT_COLUMNS, fieldsFor, moved, template } from './columns';

test('a chosen field is asked for once, a composed column is not', () => {
  const fields = fieldsFor([{ name: 'event' }, { name: 'tls.version' }, { name: 'outcome' }]);
  expect(fields).toContain('tls.version');
  expect(fields).not.toContain('event');
  expect(fields.filter((field) => field === 'outcome')).toHaveLength(1);
});

test('a column is moved to its new place and the others keep their order', () => {
  const names = (from: number, to: number) => moved(DEFAULT_COLUMNS, from, to).map(({ name }) => name);
  expect(names(0, 2)).toEqual(['event', 'stage', 'time']);
  expect(names(2, 0)).toEqual(['stage', 'time', 'event']);
  expect(names(7, 0)).toEqual(['time', 'event', 'stage']);
});

test('the rows fill the list even where every width is set', () => {
  expect(template([{ name: 'time', width: 90 }, { name: 'kind' }])).toBe('90px 100px 1fr');
  expect(template(DEFAULT_COLUMNS)).toBe('150px minmax(320px, 1fr) 92px');
});
