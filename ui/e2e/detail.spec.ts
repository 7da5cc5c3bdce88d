import { asked, expect, open, rows, test } from './page';

const DENIED = '/?q=outcome:denied reason:policy_denied policy.name:"shop/orders-freeze-reports"&from=now-1h';

test('from a denial to the change of its policy and the person, each one click away', async ({ page }) => {
  await open(page, DENIED);
  await rows(page).first().click();
  const chain = page.locator('.chain');
  await expect(chain).toContainText('shop/orders-freeze-reports');
  const person = chain.getByRole('button', { name: /@corp\.example$/ });
  const name = (await person.textContent()) ?? '';
  await page.locator('.story-change').click();
  await expect(page.locator('.story-changed')).toContainText(name);
  await page.goBack();
  await person.click();
  await expect.poll(() => asked(page)).toContain(name);
});

test('the reason has its documentation one click away', async ({ page }) => {
  await open(page, DENIED);
  await rows(page).first().click();
  await expect(page.locator('.story-reason')).toContainText('denies it');
  await page.getByRole('button', { name: 'What policy_denied means' }).click();
  await expect(page.locator('.reference [data-asked]')).toContainText('policy_denied');
});

test('pivots ask for the same trace, and for five minutes around', async ({ page }) => {
  await open(page, DENIED);
  await rows(page).first().click();
  await page.getByRole('button', { name: 'This trace', exact: true }).click();
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/t\//);
  await page.goBack();
  await page.getByRole('button', { name: 'Around this moment' }).click();
  const { searchParams } = new URL(page.url());
  const width = Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '');
  expect(width).toBe(600_000);
});

test('every event has a link that opens it alone', async ({ page }) => {
  await open(page, DENIED);
  await rows(page).first().click();
  const address = new URL(page.url()).searchParams.get('event') ?? '';
  await expect(page.locator('.detail-title h2')).toBeVisible();
  const heading = await page.locator('.detail-title h2').textContent();
  await page.goto(`/e/${address}`);
  await expect(page.locator('.detail-title h2')).toHaveText(heading ?? '');
});

test('j and k go to the older and the newer event while the drawer stays', async ({ page }) => {
  await open(page, DENIED);
  await rows(page).first().click();
  const first = new URL(page.url()).searchParams.get('event');
  await page.keyboard.press('j');
  await expect.poll(() => new URL(page.url()).searchParams.get('event')).not.toBe(first);
  await page.keyboard.press('k');
  await expect.poll(() => new URL(page.url()).searchParams.get('event')).toBe(first);
  await page.keyboard.press('Escape');
  await expect(page.locator('.detail')).toHaveCount(0);
});

test('an event that does not exist is said so', async ({ page }) => {
  await page.goto('/e/security/999999999');
  await expect(page.locator('.detail-error')).toBeVisible();
});
