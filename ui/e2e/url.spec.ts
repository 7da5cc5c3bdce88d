import { expect, open, test } from './page';

const ADDRESSES = [
  '/?q=outcome%3Adenied&from=now-15m',
  '/?from=all&by=policy.name&compare=1',
  '/?cols=time%2Coutcome%3A90%2Csource.identity%3A220&dense=1&wrap=1&fold=1',
  '/?q=kind%3Arequest&off=outcome%3Adenied',
  '/?live=1',
  '/?doc=reasons%2Fpolicy_denied',
];

test('every choice is in the address: a link opened elsewhere shows the same and stays as it is', async ({
  page,
  browser,
  baseURL,
}) => {
  for (const address of ADDRESSES) {
    await open(page, address);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(address);
    await expect(page.getByRole('combobox', { name: 'Query' })).toHaveValue(
      new URL(page.url()).searchParams.get('q') ?? '',
    );
  }
  const other = await browser.newPage({ baseURL: baseURL ?? '' });
  await other.goto(ADDRESSES[2] ?? '');
  await expect(other.getByRole('columnheader')).toHaveText(['Time', 'outcome', 'source.identity']);
  await expect(other.locator('.list[data-dense][data-wrap]')).toBeVisible();
  await other.close();
});

test('share freezes the moment, and saved views come back by name', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '/?q=outcome:denied&from=now-15m');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.searchParams.get('from')).toMatch(/^20\d\d-.*\.\d{9}Z$/);
  expect(link.searchParams.get('to')).toMatch(/^20\d\d-.*\.\d{9}Z$/);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Denials');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.goto('/');
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('button', { name: 'Denials', exact: true }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('?q=outcome%3Adenied&from=now-15m');
});
