// Looks at the page in a real Chromium and writes screenshots; fails if the page logs an error, breaks its
// Content-Security-Policy or asks another host for anything. Run against `npm run preview`, or a server.
//   node dev/look.mjs [URL] [FOLDER]      CHROMIUM=/path/to/chromium if it is not /usr/bin/chromium
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const url = process.argv[2] ?? 'http://localhost:4173/';
const folder = process.argv[3] ?? 'target/look';
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const wrong = [];

async function open(search, { width = 1440, height = 900, dark = false } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  page.on('console', (message) => {
    // A refused query is logged by the browser as a failed request; it is part of the tour.
    if (message.type() === 'error' && !message.text().includes('400')) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) wrong.push(`asked ${request.url()}`);
  });
  await page.goto(new URL(search, url).href);
  await page.waitForSelector('.list-rows .row, .empty, .table td, .banner-bad', { timeout: 30_000 });
  await page.waitForTimeout(500);
  return page;
}

const shot = (page, name) => page.screenshot({ path: `${folder}/${name}.png` });

async function step(name, body) {
  try {
    await body();
    console.log(`ok    ${name}`);
  } catch (error) {
    wrong.push(`${name}: ${error.message}`);
    console.log(`WRONG ${name}`);
  }
}

await step('the first view', async () => {
  const page = await open('/');
  await shot(page, '1-explore-light');
  await page.close();
});
await step('a denial in the dark, from the row to its cause', async () => {
  const page = await open('/?q=outcome:denied reason:policy_denied kind:request', { dark: true });
  await page.click('.list-rows .row');
  await page.waitForSelector('.story-change');
  await page.waitForTimeout(300);
  await shot(page, '2-detail-dark');
  await page.click('.story-change');
  await page.waitForSelector('.story-changed');
  await shot(page, '3-policy-change-dark');
  await page.close();
});
await step('a proof is checked, and one flipped bit is found', async () => {
  const page = await open('/?q=outcome:denied&from=now-6h&to=now-5m');
  await page.click('.list-rows .row');
  await page.click('role=tab[name=Proof]');
  await page.click('text=Verify in this browser');
  await page.waitForSelector('.proof-verdict[data-ok=true]');
  await page.waitForTimeout(300);
  await shot(page, '4-proof');
  await page.click('text=flip one bit');
  await page.waitForSelector('.proof-verdict[data-ok=false]');
  await page.waitForTimeout(200);
  await shot(page, '5-proof-flipped');
  await page.close();
});
await step('facets, a refused query, and the way back', async () => {
  const page = await open('/', { width: 1280, height: 800 });
  await page.click('.facet-value:has-text("denied")');
  await page.waitForURL(/outcome%3Adenied/);
  await page.click('.facet-value:has-text("failed")', { modifiers: ['Alt'] });
  await page.waitForURL(/-outcome%3Afailed/);
  await page.keyboard.press('/');
  await page.keyboard.press('End');
  await page.keyboard.type(' (kind:token OR');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.banner-bad');
  await page.waitForSelector('.query-wrong mark');
  if ((await page.locator('.list-rows .row').count()) === 0) throw new Error('the old result is gone');
  await shot(page, '6-refused-1280');
  await page.goBack();
  await page.goBack();
  await page.waitForURL(/q=outcome%3Adenied$/);
  await page.close();
});
await step('completion of a field and of its value', async () => {
  const page = await open('/', { dark: true, width: 1280, height: 800 });
  await page.keyboard.press('/');
  await page.keyboard.type('policy.na');
  await page.keyboard.press('Tab');
  await page.waitForSelector('.suggestion i');
  await shot(page, '7-completion-dark');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForURL(/policy.name%3A/);
  await page.close();
});
await step('live, paused', async () => {
  const page = await open('/?live=1&from=now-15m', { dark: true });
  await page.waitForSelector('.row[data-fresh]');
  await page.waitForTimeout(2500);
  await shot(page, '8-live-dark');
  await page.keyboard.press('p');
  await page.waitForSelector('.list-waiting:has-text("new")');
  await page.close();
});
await step('a range by brushing', async () => {
  const page = await open('/');
  const box = await page.locator('.histogram-plot > svg').first().boundingBox();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 6 });
  await page.mouse.up();
  await page.waitForURL(/from=.*to=/);
  await page.close();
});
await step('the keyboard alone: move, open, close', async () => {
  const page = await open('/');
  await page.keyboard.press('j');
  await page.waitForSelector('.detail-title');
  await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.detail', { state: 'detached' });
  await page.keyboard.press('?');
  await page.waitForSelector('text=Shortcuts');
  await shot(page, '9-shortcuts');
  await page.close();
});
await step('hostile values are text', async () => {
  const page = await open('/?q=http.path:*onerror*');
  await page.click('.list-rows .row');
  await page.waitForSelector('.detail-title');
  await page.waitForTimeout(300);
  await shot(page, '10-hostile');
  await page.close();
});
await step('ledgers and sources', async () => {
  const ledgers = await open('/?view=ledgers');
  await shot(ledgers, '11-ledgers');
  const sources = await open('/?view=sources', { dark: true });
  await shot(sources, '12-sources-dark');
});
await step('nothing found', async () => {
  const page = await open('/?q=nothing-is-called-like-this');
  await page.waitForSelector('.empty');
  await shot(page, '13-empty');
});

await step('an answer with holes says so', async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.route('**/api/events?*', async (route) => {
    const answer = await (await route.fetch()).json();
    const detail = 'security: entries 1200 to 1299 are not searchable yet';
    await route.fulfill({ json: { ...answer, complete: false, missing: [{ reason: 'catching_up', detail }] } });
  });
  await page.goto(url);
  await page.waitForSelector('.banner-warn:has-text("1200 to 1299")');
  await shot(page, '14-incomplete');
  await page.close();
});
await step('an empty server teaches how to send the first event', async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  const whole = { complete: true, missing: [], asOf: {} };
  await page.route('**/api/**', (route) =>
    route.fulfill({ json: { events: [], buckets: [], values: [], ledgers: [], ...whole } }),
  );
  await page.goto(url);
  await page.waitForSelector('.empty .snippet');
  await shot(page, '15-first-visit-dark');
  await page.close();
});
await step('axe finds nothing serious, light and dark', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const dark of [false, true]) {
    for (const search of ['/?event=security/7&from=all&q=outcome:denied', '/?view=ledgers', '/?view=sources']) {
      const page = await open(search, { dark });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const { id, impact, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical') {
          wrong.push(
            `axe ${dark ? 'dark' : 'light'} ${search}: ${id} (${nodes.length}) ${nodes[0].target} ${nodes[0].failureSummary}`,
          );
        }
      }
      await page.close();
    }
  }
});

await browser.close();
for (const words of wrong) console.error(words);
process.exit(wrong.length === 0 ? 0 : 1);
