import { asked, expect, open, rows, test } from './page';

const CHANGES = '/?view=policies&from=all';
const change = (verb: string, name: string) => new RegExp(`^${verb} shop/${name}`);

test('a change shows its author, its object before and after, and whose calls it touched', async ({ page }) => {
  await page.goto(CHANGES);
  const list = page.getByRole('complementary', { name: 'Changes, newest first' });
  await list
    .getByRole('button', { name: change('patch', 'orders-viewer') })
    .first()
    .click();
  const article = page.getByRole('article');
  await expect(article).toContainText(/(alice|bob)@corp\.example/);
  await expect(article.locator('.diff [data-mark]').first()).toBeVisible();
  await expect(article.locator('.diff')).toContainText('cluster.local/ns/shop/sa/reports');
  await expect(article.getByRole('region', { name: 'Effect on traffic' })).toContainText('Counted:');
});

test('from a denial to the policies in force then, and on to the change that made them so', async ({ page }) => {
  await open(page, '/?q=outcome:denied reason:policy_denied policy.name:"shop/orders-freeze-reports"&from=all');
  await rows(page).first().click();
  await page.getByRole('button', { name: 'Policies in force then' }).click();
  const policy = page.getByRole('article');
  await expect(policy).toContainText('shop/orders-freeze-reports');
  await expect(policy.locator('.policy-text')).toContainText('action: DENY');
  await policy.getByRole('button', { name: 'the change that made it so' }).click();
  await expect(page.getByRole('article')).toContainText('create shop/orders-freeze-reports');
  await expect(page.getByRole('article')).toContainText('carol@corp.example');
});

test('the effect leads to the denials after the change', async ({ page }) => {
  await page.goto(CHANGES);
  await page
    .getByRole('button', { name: change('create', 'orders-freeze-reports') })
    .last()
    .click();
  const effect = page.getByRole('region', { name: 'Effect on traffic' });
  await effect.getByRole('button', { name: 'Denials after it' }).click();
  await expect.poll(() => asked(page)).toContain('outcome:denied');
  await expect.poll(() => new URL(page.url()).searchParams.get('to')).not.toBeNull();
});

test('the cursor of time shows what was in force, and the address keeps it', async ({ page }) => {
  await page.goto(CHANGES);
  const cursor = page.getByRole('slider', { name: 'Moment whose policies are shown' });
  await cursor.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).toMatch(/Z$/);
  const list = page.getByRole('complementary', { name: 'Policies in force' });
  await expect(list).toContainText('orders-viewer');
  await page.reload();
  await expect(list).toContainText('orders-viewer');
});

test('a range without a change says where changes come from', async ({ page }) => {
  await page.goto('/?view=policies&from=2001-01-01T00:00:00.000000000Z&to=2001-01-02T00:00:00.000000000Z');
  await expect(page.getByRole('heading', { name: 'No policy changed in this range' })).toBeVisible();
});
