import { HOSTILE_PATH } from './hostile';
import { expect, open, rows, test } from './page';

test('markup and direction marks in a value are text everywhere on the page', async ({ page }) => {
  await open(page, `/?${new URLSearchParams({ q: 'http.path:*onerror*', from: 'all' })}`);
  await expect(rows(page).first()).toContainText('<img src=x onerror=alert(1)>');
  await expect(rows(page).first()).toContainText('⟨U+202E⟩');
  await rows(page).first().click();
  await expect(page.locator('.detail')).toContainText('<script>alert(1)</script>');
  await page.getByRole('tab', { name: 'Raw' }).click();
  await expect(page.locator('.raw')).toContainText('onerror');
  for (const tag of ['img', 'iframe', 'script:not([src])']) await expect(page.locator(`#root ${tag}`)).toHaveCount(0);
});

test('a hostile value goes through query, pill and address unharmed', async ({ page }) => {
  await open(page, `/?${new URLSearchParams({ q: 'http.path:*onerror*', from: 'all' })}`);
  await rows(page)
    .first()
    .locator('.sentence-what bdi')
    .click({ modifiers: ['Alt'] });
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toContain(`-http.path:"${HOSTILE_PATH}"`);
  await expect(page.locator('.pill[data-not]')).toContainText('<img');
  await expect(page.getByRole('heading', { name: 'No event matches' })).toBeVisible();
});

test('a megabyte of path neither stretches the page nor stops it', async ({ page }) => {
  await open(page, `/?${new URLSearchParams({ q: 'http.path:/long/*', from: 'all' })}`);
  await rows(page).first().click();
  await expect(page.locator('.detail')).toContainText('show all');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});
