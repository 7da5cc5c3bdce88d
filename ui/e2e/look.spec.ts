import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, open, rows, test } from './page';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('is there from the first paint', async ({ page }) => {
      await page.goto('/', { waitUntil: 'commit' });
      await page.waitForSelector('#root', { state: 'attached' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    });

    test('axe finds nothing serious', async ({ page }) => {
      const look = async (what: string) => {
        await page.evaluate(AXE);
        const { violations } = (await page.evaluate('axe.run()')) as { violations: Violation[] };
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        const words = serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.target} ${nodes[0]?.failureSummary}`);
        expect(words, what).toEqual([]);
      };
      await open(page, '/?q=outcome:denied -kind:token&fold=1');
      await look('the list');
      await rows(page).first().click();
      await expect(page.locator('.detail-title')).toBeVisible();
      await look('an event');
      await page.getByRole('tab', { name: 'Proof' }).click();
      await page.getByRole('button', { name: 'Verify in this browser' }).click();
      await expect(page.locator('.proof-verdict')).toBeVisible();
      await look('a proof');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await look('the palette');
      await page.keyboard.press('Escape');
      await page.keyboard.press('t');
      await look('the range');
    });
  });
}

test('an empty server shows how to connect every mesh', async ({ page }) => {
  const whole = { complete: true, missing: [], asOf: {} };
  await page.route('**/api/**', (route) =>
    route.fulfill({ json: { events: [], buckets: [], values: [], ledgers: [], ...whole } }),
  );
  await page.goto('/');
  await page.getByRole('tab', { name: 'Kubernetes' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('http://127.0.0.1:4317/ingest/kubernetes-audit');
  await page.getByRole('textbox', { name: 'Ingest address' }).fill('log.example:4317');
  await expect(page.getByRole('tabpanel')).toContainText('http://log.example:4317/ingest/kubernetes-audit');
});

test('a tablet, and four times as large, leave nothing out of reach', async ({ page }) => {
  for (const size of [
    { width: 1024, height: 768 },
    { width: 768, height: 1024 },
    { width: 360, height: 640 },
  ]) {
    await page.setViewportSize(size);
    await open(page, '/?q=outcome:denied');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${size.width} px`).toBeLessThanOrEqual(0);
  }
});
