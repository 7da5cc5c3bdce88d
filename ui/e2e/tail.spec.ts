import { expect, open, rows, test } from './page';

test('live shows what arrives, pauses by scrolling, counts meanwhile, and resumes at the newest', async ({ page }) => {
  await open(page, '/?from=now-15m');
  await page.keyboard.press('l');
  await expect(page.locator('.row[data-fresh]').first()).toBeVisible();
  await expect(page.locator('.live-rate')).toHaveText(/\d/);
  await expect.poll(() => rows(page).count()).toBeGreaterThan(20);
  await page.getByRole('treegrid').evaluate((list) => list.scrollTo({ top: 400 }));
  const resume = page.getByRole('button', { name: /new · resume/ });
  await expect(resume).toBeVisible();
  const newest = await page.locator('.list-rows .row').first().getAttribute('data-address');
  await page.waitForResponse((response) => response.url().includes('/api/ledgers'));
  expect(await page.locator('.list-rows .row').first().getAttribute('data-address')).toBe(newest);
  await resume.click();
  await expect(resume).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear what arrived' }).click();
  await page.keyboard.press('l');
  await expect.poll(() => new URL(page.url()).searchParams.get('live')).toBeNull();
});
