import type { Page } from '@playwright/test';
import { asked, expect, test } from './page';

const MAP = '/?view=map&from=all';

test('a link on the map leads to its reasons, and from there to its events', async ({ page }) => {
  await page.goto(MAP);
  const panel = page.getByRole('complementary', { name: 'About what is picked' });
  await expect(async () => {
    await clickOn(page, '.map-link[aria-label^="reports to orders"]');
    await expect(panel.getByRole('heading', { level: 2 })).toContainText('reports', { timeout: 2_000 });
  }).toPass();
  await expect(panel).toContainText('Why denied or failed');
  await expect(panel.getByRole('button', { name: /policy_denied|no_policy_matched/ }).first()).toBeVisible();
  await panel.getByRole('button', { name: 'Show events' }).click();
  await expect.poll(() => asked(page)).toContain('destination.identity');
  await expect(page.locator('.list-rows .row').first()).toBeVisible();
});

test('a noisy neighbour is hidden in one click, stays hidden in a shared link, and can be shown again', async ({
  page,
}) => {
  await page.goto(MAP);
  const intern = page.locator('.map-place[aria-label^="intern"]');
  await intern.click();
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(intern).toHaveCount(0);
  await page.reload();
  await expect(page.locator('.map-place').first()).toBeVisible();
  await expect(intern).toHaveCount(0);
  await page.getByRole('button', { name: /^Show again source\.identity/ }).click();
  await page.getByRole('button', { name: /^Show again destination\.identity/ }).click();
  await expect(intern).toHaveCount(1);
});

test('the keyboard goes along the calls and selects', async ({ page }) => {
  await page.goto(MAP);
  const web = page.locator('.map-place[aria-label^="web;"]');
  await web.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.map-link:focus')).toHaveAttribute('aria-label', /^web to /);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.map-place:focus')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.locator('.map-place[aria-pressed="true"]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('.map-place[aria-pressed="true"]')).toHaveCount(0);
});

test('finding on the map dims the rest and says how much was found', async ({ page }) => {
  await page.goto(MAP);
  await page.getByRole('textbox', { name: 'Find on the map, by a query' }).fill('kind:handshake');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /links?$/ })).toBeVisible();
  await expect(page.locator('.map-link[data-faint]').first()).toBeAttached();
  await expect(page.locator('.map-link:not([data-faint])').first()).toBeAttached();
});

test('the table has the same links, can be sorted, and picks what the map shows', async ({ page }) => {
  await page.goto(MAP);
  const table = page.getByRole('region', { name: 'The same as a table' });
  await expect(page.locator('.map-link').first()).toBeAttached();
  await expect(table.locator('tbody tr')).toHaveCount(await page.locator('.map-link').count());
  await table.getByRole('button', { name: 'Denied', exact: true }).click();
  await expect(table.locator('th[aria-sort="descending"]')).toContainText('Denied');
  await table.locator('tbody tr').first().getByRole('button').click();
  await expect(page.locator('.map-link[aria-pressed="true"]')).toHaveCount(1);
});

test('namespaces are folded and opened, and the address keeps it', async ({ page }) => {
  await page.goto(MAP);
  await expect(page.locator('.map-place').first()).toBeVisible();
  const before = await page.locator('.map-place').count();
  await page.getByRole('button', { name: 'Namespaces', exact: true }).click();
  await expect.poll(() => page.locator('.map-place').count()).toBeLessThan(before);
  await page.locator('.map-place[data-folded]').first().dblclick();
  await expect.poll(() => new URL(page.url()).searchParams.get('open')).toContain('/');
  await page.reload();
  await expect(page.locator('.map-place').first()).toBeVisible();
});

test('300 services are drawn folded, and all at once on demand', async ({ page }) => {
  const nodes = Array.from({ length: 300 }, (_, i) => ({
    id: `spiffe://corp/ns/team-${i % 20}/sa/service-${i}`,
    namespace: `team-${i % 20}`,
    cluster: i % 3 === 0 ? 'west' : 'east',
  }));
  const edges = nodes.slice(1).flatMap((node, i) =>
    [1, 7, 40].map((by) => ({
      source: nodes[(i * by) % 300]?.id,
      destination: node.id,
      allowed: 900 - i,
      denied: i % 17 === 0 ? 5 : 0,
      failed: 0,
    })),
  );
  await page.route('**/api/graph?*', (route) =>
    route.fulfill({ json: { nodes, edges, complete: true, missing: [], asOf: {} } }),
  );
  await page.goto(MAP);
  await expect(page.getByText(/namespaces and services ·/)).toBeVisible();
  expect(await page.locator('.map-place').count()).toBeLessThan(61);
  const took = await page.evaluate(async () => {
    const begun = performance.now();
    [...document.querySelectorAll('button')].find((button) => button.textContent === 'Services')?.click();
    while (document.querySelectorAll('.map-place').length < 300) await new Promise(requestAnimationFrame);
    return performance.now() - begun;
  });
  console.log(`figure  ${'map of 300 services drawn'.padEnd(46)} ${Math.round(took)} ms`);
  await expect(page.locator('.map-place')).toHaveCount(300);
});

test('a range without a call says what to do, and an answer with holes says so', async ({ page }) => {
  await page.goto('/?view=map&from=2001-01-01T00:00:00.000000000Z&to=2001-01-02T00:00:00.000000000Z');
  await expect(page.getByRole('heading', { name: 'No call in this range' })).toBeVisible();
  await page.route('**/api/graph?*', async (route) => {
    const answer = await (await route.fetch()).json();
    const detail = 'only the 5000 busiest of 6000 edges';
    await route.fulfill({ json: { ...answer, complete: false, missing: [{ reason: 'time_out', detail }] } });
  });
  await page.goto(MAP);
  await expect(page.locator('.banner-warn')).toContainText('5000 busiest');
});

/** Clicks on a link where it is seen: the middle of its box may be covered by a service. */
async function clickOn(page: Page, link: string): Promise<void> {
  const place = await page.locator(link).evaluate((element) => {
    for (const path of element.querySelectorAll('path')) {
      const matrix = path.getScreenCTM();
      for (let at = 0.05; matrix !== null && at < 1; at += 0.05) {
        const { x, y } = path.getPointAtLength(at * path.getTotalLength()).matrixTransform(matrix);
        if (document.elementFromPoint(x, y)?.closest('.map-link') === element) return { x, y };
      }
    }
    return undefined;
  });
  if (place === undefined) throw new Error(`nothing is seen of ${link}`);
  await page.mouse.click(place.x, place.y);
}
