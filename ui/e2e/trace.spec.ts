import type { Page } from '@playwright/test';
import { expect, test } from './page';

/** A trace that went over all four services of the demo. */
async function checkout(page: Page): Promise<string> {
  const q = 'observer.name:payments-* observer.side:server outcome:allowed trace.id:*';
  const found = await page.request.get(`/api/events?${new URLSearchParams({ q, limit: '1', fields: 'trace.id' })}`);
  return (await found.json()).events[0].event['trace.id'];
}

test('a purchase is told over two clusters, with both sides of each call and the decision at each', async ({
  page,
}) => {
  await page.goto(`/t/${await checkout(page)}`);
  const hops = page.locator('.hop');
  await expect(hops).toHaveCount(4);
  await expect(hops.nth(2)).toContainText('shop/web → shop/orders');
  await expect(hops.nth(2)).toContainText("caller's side");
  await expect(hops.nth(2)).toContainText('called side');
  await expect(hops.nth(2)).toContainText('by shop/orders-writer');
  await expect(hops.nth(3)).toContainText('west');
  await expect(hops.nth(3)).toContainText(/clocks agree within|clock is about/);
  await expect(page.locator('.trace-head')).toContainText('2 clusters');
});

test('a report opens its event, j and k go on, Escape closes', async ({ page }) => {
  await page.goto(`/t/${await checkout(page)}`);
  await page.locator('.fall-report').first().click();
  await expect(page.locator('.detail-title')).toBeVisible();
  const first = page.url();
  await page.keyboard.press('j');
  await expect.poll(() => page.url()).not.toBe(first);
  expect(new URL(page.url()).pathname).toMatch(/^\/t\//);
  await page.keyboard.press('Escape');
  await expect(page.locator('.detail')).toHaveCount(0);
});

test('a side that did not report is said to be missing', async ({ page }) => {
  const id = await checkout(page);
  await page.route('**/api/trace/*', async (route) => {
    const answer = await (await route.fetch()).json();
    const events = answer.events.filter(({ event }: { event: Record<string, unknown> }) => {
      return !String(event['observer.name']).startsWith('payments');
    });
    await route.fulfill({ json: { ...answer, events } });
  });
  await page.goto(`/t/${id}`);
  await expect(page.locator('.fall-missing')).toContainText('no report');
  await expect(page.locator('.fall-missing')).toContainText('shop/payments did not report it');
  await expect(page.locator('.trace-head')).toContainText('1 sides did not report');
});

test('an id that nothing carries says what to do; the start offers traces in which something went wrong', async ({
  page,
}) => {
  await page.goto('/t/nothing-has-this-id');
  await expect(page.getByRole('heading', { name: 'No event carries this id' })).toBeVisible();
  await page.getByRole('button', { name: 'Choose another trace' }).click();
  await page.getByRole('row').nth(1).getByRole('button').click();
  await expect(page.locator('.hop').first()).toBeVisible();
  expect(new URL(page.url()).pathname).toMatch(/^\/t\//);
});
