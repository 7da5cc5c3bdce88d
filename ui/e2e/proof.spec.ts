import { expect, open, rows, test } from './page';

/** Old enough to be under a checkpoint. */
const PUBLISHED = '/?q=outcome:denied reason:policy_denied&to=now-10s';

test('a proof is checked in the browser, down to the signatures, and the row says so', async ({ page }) => {
  await open(page, PUBLISHED);
  await rows(page).first().click();
  await page.getByRole('tab', { name: 'Proof' }).click();
  await page.getByRole('button', { name: 'Verify in this browser' }).click();
  await expect(page.locator('.proof-verdict[data-ok=true]')).toContainText('Verified in this browser');
  await expect(page.locator('.checks > li[data-ok=true]')).toHaveCount(6);
  await expect(page.locator('.walk')).toBeVisible();
  await expect(page.locator('.row[data-chosen] .stage-verified')).toBeVisible();
});

test('a changed byte turns it red and says where', async ({ page }) => {
  await open(page, PUBLISHED);
  await rows(page).first().click();
  await page.getByRole('tab', { name: 'Proof' }).click();
  await page.getByRole('button', { name: 'Try with a tampered byte' }).click();
  await expect(page.locator('.proof-verdict[data-ok=false]')).toContainText(/Byte \d+ of the entry/);
  await expect(page.locator('.byte-change ins')).toBeVisible();
  await expect(page.locator('.walk-wrong')).toBeVisible();
  await expect(page.locator('.row[data-chosen] .stage-verified')).toHaveCount(0);
});

test('a server that lies is caught: entry, fields, proof or key, whichever was changed', async ({ page }) => {
  const lies: Record<string, (body: string) => string> = {
    '**/api/events/*/*': (body) => body.replace('"outcome":"denied"', '"outcome":"allowed"'),
    '**/api/events/*/*/proof': (body) =>
      body.replace(/^(index \d+\n)(.)/m, (_, index, c) => index + (c === 'A' ? 'B' : 'A')),
    '**/ledger/*/key': (body) => body.replace(/.{8}\n?$/, 'AAAAAAA='),
  };
  for (const [route, lie] of Object.entries(lies)) {
    await page.route(route, async (call) => {
      const answer = await call.fetch();
      await call.fulfill({ response: answer, body: lie(await answer.text()) });
    });
    await open(page, PUBLISHED);
    await rows(page).first().click();
    await page.getByRole('tab', { name: 'Proof' }).click();
    await page.getByRole('button', { name: 'Verify in this browser' }).click();
    await expect(page.locator('.proof-verdict[data-ok=false]'), route).toContainText('Does not verify');
    await page.unrouteAll({ behavior: 'wait' });
  }
});

test('all rows on the screen are verified with one key', async ({ page }) => {
  await open(page, '/?q=outcome:denied&to=now-10s');
  await page.keyboard.press('Shift+V');
  await expect.poll(() => page.locator('.stage-verified').count()).toBeGreaterThan(10);
});

test('the proof and the entry leave as the files that the command line checks', async ({ page }) => {
  await open(page, PUBLISHED);
  await rows(page).first().click();
  await page.getByRole('tab', { name: 'Proof' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: '.tlog-proof' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^security-\d+\.tlog-proof$/);
  await expect(page.locator('.proof .snippet')).toContainText('meshtrail verify-proof');
});
