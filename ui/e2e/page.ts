import { test as base, expect, type Page } from '@playwright/test';

export { expect };

/**
 * The page of every test. Whatever a test is about, it fails if the page logs an error, if a style or script is refused,
 * or if another host is asked for anything. A refused query is logged by the browser itself and is none.
 */
export const test = base.extend<{ page: Page }>({
  page: async ({ page, baseURL }, use) => {
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (400|404|503)/.test(message.text())) wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('dialog', (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      const own = [baseURL ?? '', 'blob:', 'data:'].some((start) => request.url().startsWith(start));
      if (!own) wrong.push(`asked ${request.url()}`);
    });
    await use(page);
    expect(wrong).toEqual([]);
  },
});

export const rows = (page: Page) => page.locator('.list-rows .row');

/** Opens an address of the page and waits until its rows are there. */
export async function open(page: Page, address = '/'): Promise<void> {
  await page.goto(address);
  await expect(rows(page).first()).toBeVisible();
}

/** The query as the address bar has it. */
export const asked = (page: Page): string => new URL(page.url()).searchParams.get('q') ?? '';

export const ask = async (page: Page, query: string): Promise<void> => {
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Query' }).fill(query);
  await page.keyboard.press('Enter');
};
