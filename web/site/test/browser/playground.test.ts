import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardApi, HOSTILE_TITLE, playgroundApi } from './answers';
import { CHROMIUM, expectFlawless, launch, LOADS, LOOKS, open, openAgain, type Look, type Opened } from './browser';
import { serve, type Site } from './server';

const KEY = `fpk_abcdefghijkl_${'a'.repeat(52)}`;
const LIGHT = LOOKS[0] as Look;

interface State {
  name: string;
  demo: boolean;
  world?: 'newspaper' | 'shop';
  ready: string;
  before?: (opened: Opened) => Promise<void>;
}

const STATES: State[] = [
  { name: 'first', demo: true, ready: 'Model version 12' },
  { name: 'without-paper', demo: false, ready: 'There is nothing here yet' },
  { name: 'article', demo: true, ready: 'Model version 12', before: async ({ page }) => { await page.getByRole('button', { name: 'Harbour to be deepened, part 9' }).click(); } },
  {
    name: 'changed', demo: true, ready: 'Model version 12',
    before: async ({ page }) => {
      await page.getByRole('button', { name: 'Harbour to be deepened, part 9' }).click();
      await page.getByText(/Your click counted/).waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByText('your click of Harbour to be deepened, part 9').waitFor();
      await page.getByRole('button', { name: /raised it most/ }).first().click();
      await page.getByRole('dialog').getByText('Each source, in log odds').waitFor();
    },
  },
  { name: 'known', demo: true, ready: 'Model version 12', before: async ({ page }) => { await page.getByText('At least 20 people are like you; most of them read science').waitFor(); } },
  { name: 'forgotten', demo: true, ready: 'Model version 12', before: async ({ page }) => { await page.getByRole('button', { name: 'Forget me' }).click(); await page.getByText('The receipt:').waitFor(); } },
  { name: 'known-elsewhere', demo: false, ready: 'There is nothing here yet', before: async ({ page }) => { await page.getByText('only a server of the site can').waitFor(); } },
  { name: 'shop', demo: true, world: 'shop', ready: 'Model version 12' },
  { name: 'shop-product', demo: true, world: 'shop', ready: 'Model version 12', before: async ({ page }) => { await page.getByRole('button', { name: 'Fjord Cairn 9 tent' }).click(); await page.getByRole('dialog').getByText('For camping').waitFor(); } },
  {
    name: 'shop-cart', demo: true, world: 'shop', ready: 'Model version 12',
    before: async ({ page }) => {
      await page.getByRole('button', { name: 'Fjord Cairn 9 tent' }).click();
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await page.getByText(/Your cart entry counted/).waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByText('1 product').waitFor();
    },
  },
];

describe.skipIf(CHROMIUM === undefined)('the playground in Chromium', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    browser = await launch();
    site = await serve();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const at = async (demo = true, look: Look = LIGHT, key = KEY, world: 'newspaper' | 'shop' = 'newspaper'): Promise<Opened> => {
    site.api = playgroundApi(demo, world);
    site.requests.length = 0;
    return open(browser, `${site.address}/`, look, key);
  };

  describe('in each state', () => {
    let last: Opened | undefined;
    afterAll(() => last?.context.close());

    for (const state of STATES) {
      test.each(LOADS)(`${state.name}, $names: nothing for axe to find, nothing wider than the window, no fault`, async ({ looks }) => {
        site.api = playgroundApi(state.demo, state.world);
        const opened = (last = await openAgain(browser, last, `${site.address}/`, looks[0]!, KEY));
        await opened.page.getByText(state.ready).first().waitFor();
        await state.before?.(opened);
        await expectFlawless(opened, `playground-${state.name}`, looks);
      });
    }
  });

  test('a click from the list is sent with the list’s token, and the page says what moved', async () => {
    const { page, context } = await at();
    await page.getByText('Model version 12').waitFor();
    await page.locator('#for-you ~ ol button.title').nth(3).click();
    await page.getByText(/Your click counted: 8 moved, after \d+ ms\./).waitFor();
    const click = site.requests.map((request) => request.body as { events?: { type: string; exposure?: string; anonymousId: string }[] }).flatMap((body) => body?.events ?? []).find((event) => event.type === 'click');
    expect(click).toMatchObject({ exposure: 'token' });
    expect(click?.anonymousId).toMatch(/^anon-[0-9a-f-]{36}$/);
    await context.close();
  });

  test('by keyboard alone: a list, a click, the list after it and before it, what the site knows, the odds, and being forgotten', async () => {
    const { page, context } = await at();
    const rows = page.locator('#for-you ~ ol button.title');
    const titles = () => rows.allTextContents();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    const asked = () => site.requests.filter(({ path, method }) => path.startsWith('/_freshet/readers/') && method === 'GET').length;
    await page.getByText('Model version 12').waitFor();
    await page.getByText('At least 20 people are like you').waitFor();
    const before = await titles();
    const [told, id] = [asked(), await page.evaluate(() => localStorage.getItem('freshet.visitor'))];
    await rows.nth(4).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/Your click counted: 8 moved/).waitFor();
    await expect.poll(asked).toBe(told + 1);
    await page.keyboard.press('Escape');
    expect(await titles()).toEqual([...before].reverse());
    await page.getByText('your click of Harbour to be deepened, part 2').waitFor();
    await page.getByRole('button', { name: 'Before', exact: true }).focus();
    await page.keyboard.press('Enter');
    expect(await titles()).toEqual(before);
    expect(await page.locator('#for-you ~ ol .moved').count()).toBe(0);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('After');
    await page.keyboard.press('Enter');
    expect(await page.locator('#for-you ~ ol .moved').count()).toBe(8);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^Your click of .* raised it most, by \+0\.30$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('+1.20').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toMatch(/raised it most/);
    await page.getByRole('button', { name: 'Forget me' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The receipt:').waitFor();
    await page.getByText('reflects 0 events of yours').waitFor();
    expect(await page.getByText('The receipt:').isVisible()).toBe(true);
    expect(site.requests.some(({ path, method }) => method === 'DELETE' && path === `/_freshet/readers/${id}`)).toBe(true);
    expect(await page.evaluate(() => localStorage.getItem('freshet.visitor'))).not.toBe(id);
    await context.close();
  });

  test.each([['reduce', 0], ['no-preference', 8]] as const)('where motion is asked for as %s, %i rows move', async (reducedMotion, moving) => {
    const { page, context } = await at();
    await page.getByText('Model version 12').waitFor();
    await page.emulateMedia({ reducedMotion });
    await page.evaluate(() => {
      const counted = globalThis as unknown as { moves: string[] };
      counted.moves = [];
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (this: Element, ...given: Parameters<typeof animate>) {
        counted.moves.push(JSON.stringify(given[0]));
        return animate.apply(this, given);
      };
    });
    await page.locator('#for-you ~ ol button.title').nth(3).click();
    await page.getByText(/Your click counted: 8 moved/).waitFor();
    const moves = await page.evaluate(() => (globalThis as unknown as { moves: string[] }).moves);
    expect(moves.filter((one) => /translateY\(-?[1-9]/.test(one)).length).toBe(moving);
    expect(moves.length).toBe(moving);
    await context.close();
  });

  test('a cart and a purchase carry the price, lists are of what is in stock, and what is sold out cannot be bought', async () => {
    const { page, context } = await at(true, LIGHT, KEY, 'shop');
    await page.getByText('Model version 12').waitFor();
    await page.getByRole('button', { name: 'Fjord Cairn 9 tent' }).click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText(/Your cart entry counted/).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Buy', exact: true }).click();
    await page.getByText(/Your purchase counted/).waitFor();
    await page.getByText('Nothing is in it.').waitFor();
    const bodies = site.requests.map((request) => request.body as { events?: { type: string; value?: unknown }[]; filter?: unknown; anonymousId?: string; list?: string });
    const events = bodies.flatMap((body) => body?.events ?? []);
    for (const type of ['cart', 'purchase']) {
      expect(events.filter((event) => event.type === type)).toMatchObject([{ value: { amount: 209.9, currency: 'EUR' }, target: { kind: 'item', id: 'b-8' } }]);
    }
    const lists = site.requests.filter((request) => request.path === '/v1/recommendations').map((request) => request.body as { filter?: unknown });
    expect(lists.length).toBeGreaterThanOrEqual(3);
    for (const list of lists) {
      expect(list.filter).toEqual({ field: 'attributes.stock', from: 1 });
    }
    await page.locator('.card').filter({ hasText: 'Granite Ridge Pro' }).click();
    expect(await page.getByRole('button', { name: 'Buy now' }).isDisabled()).toBe(true);
    await context.close();
  });

  test('another site is linked where it is shown beside this one, and the command for it is named elsewhere', async () => {
    const shop = await at(true, LIGHT, KEY, 'shop');
    const link = shop.page.getByRole('link', { name: '127.0.0.1:8787' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('http://127.0.0.1:8787/#key=fpk_a');
    await shop.context.close();
    const { page, context } = await at();
    await page.getByText('./freshet demo --world shop --port 8788 --state .freshet-shop').waitFor();
    await context.close();
  });

  test('from the demo the dashboard opens without a key to type; elsewhere it asks for one', async () => {
    for (const demo of [true, false]) {
      const { page, context } = await at(demo);
      await page.getByText('Model version 12').waitFor();
      const [shop, figures] = [playgroundApi(demo), dashboardApi()];
      site.api = (request) => (request.path === '/_freshet/dashboard-key' ? (demo && request.method === 'POST' ? { body: { key: `fik_abcdefghijkl_${'a'.repeat(52)}` } } : undefined) : request.path.startsWith('/v1/insights') ? figures(request) : shop(request));
      await page.getByRole('link', { name: 'The owner’s dashboard' }).click();
      await (demo ? page.getByText('Healthy now') : page.getByRole('textbox', { name: 'Key' })).waitFor();
      expect(page.url()).toBe(`${site.address}/dashboard/`);
      await context.close();
    }
  });

  test('titles of a catalogue are text', async () => {
    const { page, context } = await at();
    await page.getByText(HOSTILE_TITLE).first().waitFor();
    expect(await page.title()).toBe('The Freshet: A newspaper that learns while you read');
    expect(await page.locator('img').count()).toBe(0);
    await context.close();
  });

  test('closing an article gives the focus back to where it was opened', async () => {
    const { page, context } = await at();
    const card = page.getByRole('button', { name: 'Harbour to be deepened, part 9' });
    await card.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('The council decided').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByText('The council decided').waitFor({ state: 'hidden' });
    expect(await card.evaluate((element) => element === document.activeElement)).toBe(true);
    await context.close();
  });

  test('the other reader has an id of its own, and one can read on as that one', async () => {
    const { page, context } = await at();
    await page.getByText('Model version 12').waitFor();
    const ids = () => page.evaluate(() => [localStorage.getItem('freshet.visitor'), localStorage.getItem('freshet.visitor.other')]);
    const [you, other] = await ids();
    expect(you).not.toBe(other);
    await page.getByRole('button', { name: 'Read as this one' }).click();
    expect(await ids()).toEqual([other, you]);
    await context.close();
  });

  test('an insights key and a secret key are refused with a sentence', async () => {
    for (const [prefix, sentence] of [['fsk', 'This is a secret key'], ['fik', 'This is not a key for this page']] as const) {
      const { page, context } = await at(true, LIGHT, `${prefix}_abcdefghijkl_${'a'.repeat(52)}`);
      await page.getByRole('alert').getByText(sentence).waitFor();
      expect(new URL(page.url()).hash).toBe('');
      await context.close();
    }
  });
});
