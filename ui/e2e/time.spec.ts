import { expect, open, rows, test } from './page';

const range = (url: string) => {
  const { searchParams } = new URL(url);
  return { from: searchParams.get('from'), to: searchParams.get('to') };
};

test('dragging over the bars zooms in, z and Back go out again', async ({ page }) => {
  await open(page, '/?from=now-5m');
  const box = await page.locator('.histogram-plot').boundingBox();
  if (box === null) throw new Error('there is no histogram');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.98, box.y + 40, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => range(page.url()).to).toMatch(/^20\d\d-.*Z$/);
  await expect(rows(page).first()).toBeVisible();
  const narrow = range(page.url());
  await page.keyboard.press('z');
  await expect.poll(() => range(page.url()).from).not.toBe(narrow.from);
  await page.goBack();
  await page.goBack();
  await expect.poll(() => range(page.url())).toEqual({ from: 'now-5m', to: null });
});

test('the keyboard brushes too: arrows walk, Shift extends, Enter zooms', async ({ page }) => {
  await open(page, '/?from=now-5m');
  const plot = page.getByRole('slider');
  await plot.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(plot).toHaveAttribute('aria-valuetext', /\d\d:\d\d:\d\d/);
  await expect(page.locator('.brush')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(() => range(page.url()).to).toMatch(/Z$/);
});

test('a range is typed in words, shown before it is applied, and shifted by brackets', async ({ page }) => {
  await open(page);
  await page.keyboard.press('t');
  await page.keyboard.type('2026-11-01 14:00 - 15:00');
  await expect(page.locator('.range-hint')).toHaveText('2026-11-01 14:00:00 – 2026-11-01 15:00:00');
  await page.keyboard.press('Enter');
  await expect.poll(() => range(page.url()).from).toBe('2026-11-01T14:00:00.000000000Z');
  await page.keyboard.press('[');
  await expect.poll(() => range(page.url()).from).toBe('2026-11-01T13:00:00.000000000Z');
  await page.keyboard.press('t');
  await page.keyboard.type('soonish');
  await page.keyboard.press('Enter');
  await expect(page.locator('.range-wrong')).toContainText('is not a time');
});

test('times switch between UTC and local, and what is copied stays UTC', async ({ page }) => {
  await open(page);
  const time = page.locator('.row-time').first();
  const before = (await time.textContent()) ?? '';
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: 'Local', exact: true })).toBeVisible();
  await expect(time).not.toHaveText(before);
  expect(await time.getAttribute('title')).toMatch(/\.\d{9}Z/);
});

test('policy changes stand over the bars and open with one click', async ({ page }) => {
  await open(page, '/?q=outcome:denied&from=now-15m');
  await page.locator('.mark-policy_change').last().click();
  await expect(page.locator('.detail')).toContainText('changed');
  await expect(page.locator('.detail-title h2')).toBeVisible();
});

test('a histogram by another field colours its values, and compares with the period before', async ({ page }) => {
  await open(page, '/?from=now-5m');
  await page.getByRole('combobox', { name: 'by' }).selectOption('policy.name');
  await expect(page.locator('.legend-square').first()).toBeVisible();
  await page.getByRole('button', { name: 'compare' }).click();
  await expect(page.locator('.bars-before')).toBeAttached();
  await expect.poll(() => new URL(page.url()).searchParams.get('by')).toBe('policy.name');
});
