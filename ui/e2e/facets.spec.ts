import { asked, expect, open, test } from './page';

test('values are included, added, excluded and made the only ones, and others stay in sight', async ({ page }) => {
  await open(page);
  const outcome = page.getByRole('region', { name: 'outcome', exact: true });
  await outcome.getByRole('button', { name: /^denied/ }).click();
  await expect.poll(() => asked(page)).toBe('outcome:denied');
  await outcome.getByRole('button', { name: /^failed/ }).click();
  await expect.poll(() => asked(page)).toBe('outcome:(denied OR failed)');
  await expect(outcome.getByRole('button', { name: /^allowed/ })).toBeVisible();
  await outcome.getByRole('button', { name: /^failed/ }).click({ modifiers: ['Alt'] });
  await expect.poll(() => asked(page)).toBe('outcome:denied -outcome:failed');
  await outcome.getByText('allowed').hover();
  await outcome.getByRole('button', { name: 'Only outcome allowed' }).click();
  await expect.poll(() => asked(page)).toBe('outcome:allowed');
});

test('a field is found, opened and pinned, and the pin is there after a reload', async ({ page }) => {
  await open(page);
  await page.getByRole('textbox', { name: 'Find a field' }).fill('tls.version');
  await page.getByRole('button', { name: 'tls.version' }).first().click();
  await expect(page.getByRole('button', { name: /^TLSv1/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Pin tls.version to the top' }).click();
  await page.reload();
  await expect(page.getByRole('region', { name: 'Pinned' })).toContainText('tls.version');
});
