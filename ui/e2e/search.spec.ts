import { ask, asked, expect, open, rows, test } from './page';

test('a query is written by completion alone: field, then one of its real values', async ({ page }) => {
  await open(page);
  await page.keyboard.press('/');
  await page.keyboard.type('policy.na');
  await expect(page.locator('.suggestions').getByRole('option', { name: 'policy.name' })).toBeVisible();
  await page.keyboard.press('Tab');
  const value = page
    .getByRole('option')
    .filter({ has: page.locator('i') })
    .first();
  await expect(value).toBeVisible();
  const name = (await value.locator('span').textContent()) ?? '';
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked(page)).toBe(`policy.name:${name}`);
  await expect(page.locator('.why-policy').first()).toHaveText(name);
});

test('a refused query is underlined, keeps the answer before, and offers what was meant', async ({ page }) => {
  await open(page, '/?q=outcome:denied');
  await ask(page, 'outcom:denied');
  await expect(page.locator('.banner-bad')).toContainText("did you mean 'outcome'");
  await expect(page.locator('.query-colours [data-wrong]')).toHaveText('outcom');
  expect(await rows(page).count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'use outcome' }).click();
  await expect.poll(() => asked(page)).toBe('outcome:denied');
  await expect(page.locator('.banner-bad')).toHaveCount(0);
});

test('what was asked before comes back by arrow up in an empty bar, and by Back', async ({ page }) => {
  await open(page);
  await ask(page, 'outcome:failed');
  await expect.poll(() => asked(page)).toBe('outcome:failed');
  await ask(page, '');
  await expect.poll(() => asked(page)).toBe('');
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowUp');
  await page.locator('.suggestions').getByRole('option', { name: 'outcome:failed' }).click();
  await page.keyboard.press('Enter');
  await expect.poll(() => asked(page)).toBe('outcome:failed');
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole('combobox', { name: 'Query' })).toHaveValue('outcome:failed');
});

test('a term is inverted, laid aside and taken up again as a pill, without loss', async ({ page }) => {
  await open(page, '/?q=outcome:denied http.status:403');
  await page.getByRole('button', { name: 'Invert http.status:403' }).click();
  await expect.poll(() => asked(page)).toBe('outcome:denied -http.status:403');
  await page.getByRole('button', { name: 'Lay aside -http.status:403' }).click();
  await expect.poll(() => asked(page)).toBe('outcome:denied');
  await page.reload();
  await page.getByRole('button', { name: 'Take up -http.status:403 again' }).click();
  await expect.poll(() => asked(page)).toBe('outcome:denied -http.status:403');
});

test('find looks through the loaded rows, and everything else on demand', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('payments');
  await expect(page.locator('.find output')).toContainText('found');
  await page.keyboard.press('Enter');
  await expect(page.locator('.row[data-cursor]')).toContainText('payments');
  await page.getByRole('button', { name: 'search everything' }).click();
  await expect.poll(() => asked(page)).toBe('payments');
});

test('nothing found says what to do', async ({ page }) => {
  await page.goto('/?q=nothing-is-called-like-this');
  await expect(page.getByRole('heading', { name: 'No event matches' })).toBeVisible();
  await page.getByRole('region', { name: 'Events' }).getByRole('button', { name: 'Clear the query' }).click();
  await expect(rows(page).first()).toBeVisible();
});

test('an answer with holes says so', async ({ page }) => {
  await page.route('**/api/events?*', async (route) => {
    const answer = await (await route.fetch()).json();
    const detail = 'security: entries 1200 to 1299 are not searchable yet';
    await route.fulfill({ json: { ...answer, complete: false, missing: [{ reason: 'catching_up', detail }] } });
  });
  await open(page);
  await expect(page.locator('.banner-warn')).toContainText('1200 to 1299');
});
