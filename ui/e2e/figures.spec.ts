import type { Page } from '@playwright/test';
import { ask, expect, open, rows, test } from './page';

/** One after the other: what is measured beside other tests means nothing. */
test.describe.configure({ mode: 'serial' });

const say = (what: string, figure: string) => console.log(`figure  ${what.padEnd(46)} ${figure}`);
const BUDGET_KILOBYTES = 390;
const ROWS = 100_000;
const PAGE = 10_000;

test('first load: what it weighs, and when it can be used', async ({ page }) => {
  let bytes = 0;
  page.on('requestfinished', async (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) return;
    const sizes = await request.sizes();
    bytes += sizes.responseBodySize + sizes.responseHeadersSize;
  });
  await open(page);
  const usable = await page.evaluate(() => performance.now());
  say('first load, compressed (bar 390 kB)', `${Math.round(bytes / 1000)} kB`);
  say('rows and query bar there after (bar 1,000 ms)', `${Math.round(usable)} ms`);
  expect(bytes / 1000).toBeLessThan(BUDGET_KILOBYTES);
});

test('a query: from the last byte of its answer to the paint of its rows', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const list = document.querySelector('.list-rows');
    if (list === null) throw new Error('there are no rows');
    new MutationObserver(() => {
      requestAnimationFrame(() => {
        (globalThis as unknown as { painted: number }).painted = performance.now();
      });
    }).observe(list, { childList: true, subtree: true });
  });
  await ask(page, 'outcome:denied');
  await expect(rows(page).first()).toHaveAttribute('aria-label', /denied/);
  const millis = await page.evaluate(() => {
    const answers = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/api/events?q=outcome'));
    const last = answers.at(-1) as PerformanceResourceTiming | undefined;
    return (globalThis as unknown as { painted: number }).painted - (last?.responseEnd ?? 0);
  });
  say('painted after the answer (bar 200 ms)', `${Math.round(millis)} ms`);
});

test(`${ROWS.toLocaleString('en-US')} rows: long tasks while they are scrolled through`, async ({ page }) => {
  let served = 0;
  // The list's own questions; what is marked on the time line is asked for beside them.
  await page.route(/\/api\/events\?q=&/, async (route) => {
    const from = served;
    served += PAGE;
    const events = Array.from({ length: PAGE }, (_, i) => fake(from + i));
    const next = served < ROWS ? String(served) : undefined;
    await route.fulfill({ json: { events, next, complete: true, missing: [], asOf: {} } });
  });
  await open(page);
  const list = page.getByRole('treegrid');
  for (let i = 0; i < 40 && served < ROWS; i++) {
    await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await page.waitForTimeout(100);
  }
  await expect(list).toHaveAttribute('aria-rowcount', String(ROWS + 1));
  await list.evaluate((element) => element.scrollTo({ top: 0 }));
  const tasks = await watched(page, async () => {
    await list.evaluate(async (element) => {
      for (let frame = 0; frame < 240; frame++) {
        element.scrollTop += frame % 60 === 59 ? element.scrollHeight / 5 : 420;
        await new Promise(requestAnimationFrame);
      }
    });
  });
  say(`long tasks scrolling ${ROWS} rows (bar 0 over 50 ms)`, describe(tasks));
});

test('the live tail at 1,000 events a second', async ({ page }) => {
  await page.addInitScript(() => {
    // In the stream's place: what arrives is the page's work, not the network's.
    class Flood extends EventTarget {
      onopen: (() => void) | undefined;
      onmessage: ((event: { data: string }) => void) | undefined;
      readonly #timer: ReturnType<typeof setInterval>;
      constructor() {
        super();
        const begin = performance.now();
        let sent = 0;
        this.#timer = setInterval(() => {
          for (; sent < performance.now() - begin; sent++) {
            const event = {
              time: new Date().toISOString(),
              outcome: 'allowed',
              'http.path': `/live/${sent}`,
              kind: 'request',
            };
            this.onmessage?.({
              data: JSON.stringify({ address: `flood/${sent}`, stage: 'sequenced', event, derived: {} }),
            });
          }
          (globalThis as unknown as { sent: number }).sent = sent;
        }, 10);
      }
      close() {
        clearInterval(this.#timer);
      }
    }
    (globalThis as unknown as { EventSource: unknown }).EventSource = Flood;
  });
  await open(page);
  await page.keyboard.press('l');
  await expect(page.locator('.row[data-fresh]').first()).toBeVisible();
  const tasks = await watched(page, () => page.waitForTimeout(8000));
  const { sent, newest } = await page.evaluate(() => ({
    sent: (globalThis as unknown as { sent: number }).sent,
    newest: document.querySelector<HTMLElement>('.list-rows .row')?.dataset.address,
  }));
  const behind = sent - 1 - Number(newest?.split('/')[1]);
  say('tail: rate shown', (await page.locator('.live-rate').textContent()) ?? '');
  say('tail: newest row is behind by', `${behind} events of ${sent}`);
  say('tail: long tasks in 8 s (bar 0 over 100 ms)', describe(tasks));
  await expect(page.locator('.banners')).toContainText('came faster than they are shown');
});

/** Tasks of more than 50 ms while something is done. */
async function watched(page: Page, act: () => Promise<unknown>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    (globalThis as unknown as { tasks: number[] }).tasks = tasks;
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  await act();
  return page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
}

const describe = (tasks: readonly number[]): string =>
  tasks.length === 0 ? 'none' : `${tasks.length}, the longest ${Math.round(Math.max(...tasks))} ms`;

function fake(i: number): object {
  const outcome = i % 7 === 0 ? 'denied' : 'allowed';
  return {
    address: `fake/${ROWS - i}`,
    stage: 'published',
    derived: {},
    event: {
      time: new Date(Date.now() - i * 20).toISOString().replace('Z', '000000Z'),
      kind: 'request',
      outcome,
      'source.identity': `spiffe://cluster.local/ns/shop/sa/caller-${i % 50}`,
      'destination.service': `service-${i % 30}.shop.svc.cluster.local`,
      'http.method': 'GET',
      'http.path': `/items/${i}`,
      'http.status': outcome === 'denied' ? 403 : 200,
      'policy.name': `shop/policy-${i % 9}`,
      ...(outcome === 'denied' ? { reason: 'policy_denied', 'policy.action': 'deny' } : {}),
    },
  };
}
