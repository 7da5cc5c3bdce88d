import { asked, expect, open, rows, test } from './page';

test('who was denied on /admin, by which policy, who changed it, prove it: without the mouse', async ({ page }) => {
  await open(page);
  await page.keyboard.press('/');
  await page.keyboard.type('outcome:denied http.path:/admin/*');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked(page)).toBe('outcome:denied http.path:/admin/*');
  await page.keyboard.press('t');
  await page.keyboard.type('10m');
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBe('now-10m');
  await expect(rows(page).first()).toHaveAttribute('aria-label', /admin/);
  await expect(page.locator('.list[data-stale]')).toHaveCount(0);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const chain = page.locator('.chain');
  await expect(chain).toContainText('edge-no-admin');
  await expect(page.locator('.story-reason')).toContainText('denied');
  const proof = page.getByRole('tab', { name: 'Proof' });
  for (let i = 0; i < 40 && !(await proof.evaluate((tab) => tab === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const verify = page.getByRole('button', { name: 'Verify in this browser' });
  for (let i = 0; i < 10 && !(await verify.evaluate((button) => button === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.locator('.proof-verdict[data-ok=true]')).toBeVisible();
});

test('values of a row are walked, included, left out and copied by keys', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Old enough to be under a checkpoint.
  await open(page, '/?q=outcome:denied reason:policy_denied&to=now-10s');
  await page.keyboard.press('j');
  await expect(page.locator('[data-at]')).toHaveCount(1);
  const value = await page.locator('[data-at]').getAttribute('data-value');
  await page.keyboard.press('c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  await page.keyboard.press('y');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/e\/security\/\d+$/);
  await page.keyboard.press('ArrowRight');
  const field = await page.locator('[data-at]').getAttribute('data-field');
  await page.keyboard.press('+');
  await expect.poll(() => asked(page)).toContain(`${field}:`);
  await expect(page.locator('.list[data-stale]')).toHaveCount(0);
  await page.keyboard.press('v');
  await expect(page.locator('.stage-verified').first()).toBeVisible();
});

test('the palette finds every command, and single keys can be switched off', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('denied');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked(page)).toBe('outcome:denied');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await page.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await expect.poll(() => new URL(page.url()).searchParams.get('live')).toBeNull();
});
