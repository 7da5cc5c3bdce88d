import { expect, test } from 'vitest';
import { GIVEN, parseSaved } from './saved';

test('views survive export and import', () => {
  expect(parseSaved(JSON.stringify(GIVEN))).toEqual(GIVEN);
});

test('a file that is none, or that leads to another host, brings nothing', () => {
  expect(parseSaved('not json')).toBeUndefined();
  expect(parseSaved('{"name":"x"}')).toBeUndefined();
  expect(parseSaved('[{"name":"x","address":"https://evil.example/"},{"name":"y","address":"//evil"}]')).toEqual([]);
  expect(parseSaved('[{"name":"x","address":"javascript:alert(1)"}]')).toEqual([]);
});
