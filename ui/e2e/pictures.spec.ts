import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, open, rows, test } from './page';

const FOLDER = process.env.SCREENSHOTS ?? 'target/screenshots';
mkdirSync(FOLDER, { recursive: true });

test.use({ viewport: { width: 1440, height: 900 } });

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' });

test('explore, light', async ({ page }) => {
  await open(page, '/?from=now-5m');
  await expect(page.locator('.bar-allowed').first()).toBeVisible();
  await picture(page, 'explore');
});

test('a denial and its cause, dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, '/?q=outcome:denied reason:policy_denied&from=now-5m');
  await rows(page).nth(2).click();
  await expect(page.locator('.story-change')).toBeVisible();
  await picture(page, 'denial');
});

test('a proof, checked', async ({ page }) => {
  await open(page, '/?q=outcome:denied&from=now-5m&to=now-10s');
  await rows(page).nth(2).click();
  await page.getByRole('tab', { name: 'Proof' }).click();
  await page.getByRole('button', { name: 'Verify in this browser' }).click();
  await expect(page.locator('.proof-verdict[data-ok=true]')).toBeVisible();
  await picture(page, 'proof');
});

test('the map with a link picked', async ({ page }) => {
  await page.goto('/?view=map&from=now-5m');
  await page.locator('.map-link[aria-label^="reports to orders"]').click({ force: true });
  await expect(page.locator('.panel .top li').first()).toBeVisible();
  await picture(page, 'map');
});

test('a change of a policy and its effect, dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/?view=policies&from=now-15m&window=1m');
  await expect(page.locator('.diff [data-mark]').first()).toBeVisible();
  await expect(page.locator('.effect-table, .effect-scope').first()).toBeVisible();
  await picture(page, 'policies');
});

test('a ledger, its checkpoints verified', async ({ page }) => {
  await page.goto('/?view=ledgers&pick=security');
  await page.getByRole('button', { name: 'Verify the checkpoints in this browser' }).click();
  await expect(page.locator('.proof-verdict[data-ok=true]')).toBeVisible();
  await picture(page, 'ledgers');
});
