import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from './page';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const VIEWS = [
  { name: 'map', address: '/?view=map&from=all', ready: '.map-place' },
  { name: 'traces', address: '/?view=trace', ready: '.page h1' },
  { name: 'policies', address: '/?view=policies&from=all', ready: '.change h2' },
  { name: 'ledgers', address: '/?view=ledgers', ready: '.ledger h2' },
  { name: 'sources', address: '/?view=sources', ready: '.page h1' },
] as const;

for (const { name, address, ready } of VIEWS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing serious in ${name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(address);
      await expect(page.locator(ready).first()).toBeVisible();
      await page.waitForTimeout(600);
      await page.evaluate(axe);
      const wrong = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
        type Violation = { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] };
        const { violations } = await axe.run();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.target} ${nodes[0]?.failureSummary}`);
      });
      expect(wrong).toEqual([]);
    });
  }
}

test('g and a letter go from view to view, and back goes back', async ({ page }) => {
  await page.goto('/');
  for (const [keys, title] of [
    ['gs', 'Map'],
    ['gt', 'Traces'],
    ['gp', 'Policies'],
    ['gl', 'Ledgers'],
    ['gr', 'Sources'],
    ['ge', 'Events'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(page.locator('.tab[aria-current=page]')).toHaveText(title);
  }
  await page.goBack();
  await expect(page.locator('.tab[aria-current=page]')).toHaveText('Sources');
});
