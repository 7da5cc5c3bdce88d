import { expect, test } from 'vitest';
import { matching } from './commands';

test('a command is found by letters of its name, the nearest fit first', () => {
  const commands = ['Zoom out', 'Choose columns', 'Show the map', 'Copy link'].map((title) => ({ title }));
  const found = (typed: string) => matching(commands, typed).map(({ title }) => title);
  expect(found('zo')[0]).toBe('Zoom out');
  expect(found('col')[0]).toBe('Choose columns');
  expect(found('xyz')).toEqual([]);
  expect(found('')).toHaveLength(4);
});
