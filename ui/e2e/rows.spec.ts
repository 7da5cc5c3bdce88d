import { asked, expect, open, rows, test } from './page';

test('columns are chosen, ordered and resized, and the address keeps them', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('textbox', { name: 'Find a field to add' }).fill('tls.version');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Move tls.version up' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader')).toHaveText(['Time', 'Event', 'tls.version', 'Proof']);
  const head = page.getByRole('columnheader', { name: 'tls.version' });
  await head.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => new URL(page.url()).searchParams.get('cols')).toMatch(/tls\.version:\d+/);
  await page.keyboard.press('Alt+ArrowLeft');
  await page.reload();
  await expect(page.getByRole('columnheader')).toHaveText(['Time', 'tls.version', 'Event', 'Proof']);
});

test('the pointer finds + and − on every value of a row', async ({ page }) => {
  await open(page, '/?q=outcome:denied reason:policy_denied');
  const policy = page.locator('.why-policy bdi').first();
  const name = (await policy.textContent()) ?? '';
  await policy.hover();
  await page.locator('.row-tools button').nth(1).click();
  await expect.poll(() => asked(page)).toContain(`-policy.name:${name}`);
});

test('a row is expanded in place, wrapped and folded by single keys', async ({ page }) => {
  await open(page, '/?q=kind:request');
  await page.keyboard.press('j');
  await page.keyboard.press(' ');
  await expect(page.locator('.expanded')).toContainText('source.verified');
  await page.keyboard.press(' ');
  await expect(page.locator('.expanded')).toHaveCount(0);
  await page.keyboard.press('f');
  await expect(page.locator('.times').first()).toHaveText(/^×\d+$/);
  await page.keyboard.press('w');
  await expect(page.locator('.list[data-wrap]')).toBeVisible();
  await expect.poll(() => new URL(page.url()).searchParams.get('wrap')).toBe('1');
});

test('more rows come before the end is reached, each once', async ({ page }) => {
  await open(page, '/?from=now-15m');
  const list = page.getByRole('treegrid');
  const loaded = async () => Number(await list.getAttribute('aria-rowcount'));
  const first = await loaded();
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect.poll(loaded).toBeGreaterThan(first);
  const drawn = await rows(page).evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.address));
  expect(new Set(drawn).size).toBe(drawn.length);
});

test('the whole result leaves as CSV and as JSON lines', async ({ page }) => {
  await open(page, '/?q=kind:policy_change&from=now-15m');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON lines, every field' }).click();
  const file = await (await saved).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trim().split('\n');
  for (const line of lines) expect(JSON.parse(line).event.kind).toBe('policy_change');
  await expect(page.getByText(`${lines.length} events saved`)).toBeVisible();
});
