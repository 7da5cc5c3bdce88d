import { expect, test } from './page';

const LEDGERS = '/?view=ledgers&pick=security';

test('the newest checkpoint and all on record are verified in the browser', async ({ page }) => {
  await page.goto(LEDGERS);
  await expect(page.locator('.growth, .top-none').first()).toBeVisible();
  await page.getByRole('button', { name: 'Verify the checkpoints in this browser' }).click();
  await expect(page.locator('.proof-verdict[data-ok=true]')).toContainText('Signed by');
});

test('a checkpoint that was tampered with on its way is found', async ({ page }) => {
  await page.route('**/ledger/security/checkpoint', async (route) => {
    const note = await (await route.fetch()).text();
    const [origin, size, ...rest] = note.split('\n');
    await route.fulfill({ body: [origin, Number(size) + 1, ...rest].join('\n'), contentType: 'text/plain' });
  });
  await page.goto(LEDGERS);
  await page.getByRole('button', { name: 'Verify the checkpoints in this browser' }).click();
  await expect(page.locator('.proof-verdict[data-ok=false]')).toContainText('does not fit');
});

test('what was found damaged and what does not get on stands at the top', async ({ page }) => {
  await page.route('**/api/ledgers', async (route) => {
    const answer = await (await route.fetch()).json();
    const findings = [
      'ledger traffic, entries 0 to 255, file segments/traffic/a.parquet: the rows hash to another root',
    ];
    const troubles = ['retention: No space left on device'];
    await route.fulfill({ json: { ...answer, upkeep: { passes: 1, findings, troubles } } });
  });
  await page.goto(LEDGERS);
  await expect(page.getByRole('alert')).toContainText('a.parquet');
  await expect(page.locator('.banner-warn')).toContainText('No space left');
});

test('acts on record lead to their entries, and j and k go from ledger to ledger', async ({ page }) => {
  await page.goto(LEDGERS);
  await expect(page.getByRole('heading', { level: 2, name: 'security' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 2, name: 'traffic' })).toBeVisible();
  await page
    .getByRole('region', { name: 'Acts on record' })
    .getByRole('button', { name: /^root\// })
    .first()
    .click();
  await expect(page.locator('.detail')).toContainText('root/');
});

test('the commands to verify without this server name this server', async ({ page, baseURL }) => {
  await page.goto(LEDGERS);
  await expect(page.locator('.verify-yourself')).toContainText(`${baseURL}/ledger/security/key`);
});
