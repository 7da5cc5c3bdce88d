import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Value, visible } from './Value';

test('markup in a value is text on the page', () => {
  const markup = renderToStaticMarkup(<Value text={'<img src=x onerror=alert(1)>'} />);
  expect(markup).toContain('&lt;img');
  expect(markup).not.toContain('<img');
});

test('direction marks and control characters are shown as what they are', () => {
  expect(visible('a\u202egnp.exe\u0000')).toBe('a\u27e8U+202E\u27e9gnp.exe\u27e8U+0000\u27e9');
  expect(visible('plain — text, 日本語')).toBe('plain — text, 日本語');
});

test('a megabyte of path is cut, and says how long it is', () => {
  const markup = renderToStaticMarkup(<Value text={'a'.repeat(1_000_000)} />);
  expect(markup.length).toBeLessThan(1000);
  expect(markup).toContain('1,000,000 characters');
});
