import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardApi, experimentsApi, HOSTILE_TITLE, NOW, nothing, overview, results, silent, undecided, type Scene } from './answers';
import { CHROMIUM, expectFlawless, launch, LOADS, lookAt, LOOKS, open, openAgain, overflow, overlapping, type Look, type Opened } from './browser';
import { serve, type Site } from './server';

const KEY = `fik_abcdefghijkl_${'a'.repeat(52)}`;
const CHANGING = KEY.replace('fik', 'fek');
const LIGHT = LOOKS[0] as Look;

interface State {
  name: string;
  path: string;
  scene: Scene;
  key?: string;
  /** A text that is there once the state is. */
  ready: string;
  before?: (opened: Opened) => Promise<void>;
}

const showNumbers = async ({ page }: Opened) => {
  const menus = page.getByRole('button', { name: /^More of/ });
  await menus.first().waitFor();
  for (const menu of await menus.all()) {
    await menu.click();
    const numbers = page.getByRole('button', { name: /^Show (the|all) numbers$/ });
    await (await numbers.count() > 0 ? numbers.click() : page.keyboard.press('Escape'));
  }
};

const STATES: State[] = [
  { name: 'home', path: '/dashboard/', scene: {}, ready: '11.6 % in 18–24 Nov, 10.5 % in 11–17 Nov.' },
  { name: 'home-numbers', path: '/dashboard/?period=28d', scene: {}, ready: 'Healthy', before: showNumbers },
  { name: 'home-hours', path: '/dashboard/?period=24h&chart=revenue', scene: {}, ready: 'Lists an hour' },
  { name: 'home-objective', path: '/dashboard/?chart=objective', scene: {}, ready: 'Healthy', before: async ({ page }) => { await page.getByRole('button', { name: 'More of “Conversions per 1,000 lists”' }).click(); await page.getByRole('button', { name: 'How this is computed' }).click(); await page.getByText('Conversions (purchase, submit) of items clicked in the list, each counted as one').and(page.getByText('interactions weigh: purchase 5, cart 2; others 1')).waitFor(); } },
  { name: 'home-gain', path: '/dashboard/?chart=gain', scene: {}, ready: 'lists clicked of those with recommendation less those without' },
  { name: 'home-without-holdout', path: '/dashboard/?chart=gain', scene: { withoutExperiments: true }, ready: 'A holdout gives a few users popular items' },
  { name: 'home-freshness', path: '/dashboard/?chart=freshness', scene: {}, ready: 'Median 43 ms in 18–24 Nov' },
  { name: 'home-fault', path: '/dashboard/', scene: { overview: silent }, ready: 'The model has learned nothing since 11:58:00 UTC' },
  { name: 'home-new', path: '/dashboard/', scene: { overview: nothing, withoutExperiments: true }, ready: '2 of 6 steps are done.' },
  { name: 'home-loading', path: '/dashboard/', scene: { silent: true }, ready: 'Loading the overview' },
  { name: 'home-error', path: '/dashboard/', scene: { failing: true }, ready: '4bf92f3577b34da6a3ce929d0e0e4736' },
  { name: 'outcomes', path: '/dashboard/?page=outcomes', scene: {}, ready: 'home · ranker:learned' },
  { name: 'outcomes-open', path: '/dashboard/?page=outcomes&placement=home&period=28d', scene: {}, ready: 'home: over time' },
  { name: 'outcomes-today', path: '/dashboard/?page=outcomes&placement=home&period=today', scene: {}, ready: 'home: over time' },
  { name: 'outcomes-days', path: '/dashboard/?page=outcomes&from=2026-11-03&to=2026-11-10', scene: {}, ready: '3–10 Nov (UTC) against 26 Oct–2 Nov', before: async ({ page }) => { await page.getByRole('button', { name: 'Other days' }).click(); await page.getByLabel('From').waitFor(); } },
  { name: 'outcomes-empty', path: '/dashboard/?page=outcomes', scene: { overview: nothing }, ready: 'No list was reported as seen' },
  { name: 'outcomes-error', path: '/dashboard/?page=outcomes', scene: { failing: true }, ready: 'Outcomes could not be loaded.' },
  { name: 'experiments', path: '/dashboard/?page=experiments', scene: {}, ready: 'learned is ahead of control', before: showNumbers },
  { name: 'experiments-undecided', path: '/dashboard/?page=experiments', scene: { results: undecided }, ready: '50,000 more users, if the difference stays at +0.31 points' },
  { name: 'experiments-invalid', path: '/dashboard/?page=experiments', scene: { results: { ...results, conclusion: 'invalid', split: { alarm: true } } }, ready: 'No number of users' },
  { name: 'experiments-holdout', path: '/dashboard/?page=experiments&experiment=worth', scene: {}, ready: 'No change was put since changes are kept.' },
  { name: 'experiments-unknown', path: '/dashboard/?page=experiments&experiment=nobody', scene: {}, ready: 'The model knows no experiment nobody' },
  { name: 'experiments-make', path: '/dashboard/?page=experiments', scene: {}, key: CHANGING, ready: 'Pause', before: async ({ page }) => { await page.getByRole('button', { name: 'New experiment' }).click(); await page.getByLabel('Users planned').waitFor(); } },
  { name: 'experiments-refused', path: '/dashboard/?page=experiments', scene: {}, key: CHANGING, ready: 'Pause', before: async ({ page }) => { await page.getByRole('button', { name: 'Stop' }).click(); await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click(); await page.getByText('This was refused.').waitFor(); } },
  { name: 'experiments-empty', path: '/dashboard/?page=experiments', scene: { withoutExperiments: true }, ready: 'There is no experiment.' },
  { name: 'content', path: '/dashboard/?page=content', scene: {}, ready: 'Demand for “climate” is 2.9 × its share' },
  { name: 'content-numbers', path: '/dashboard/?page=content&by=author&period=24h&country=DE', scene: {}, ready: 'Demand for “climate” is 2.9 × its share', before: showNumbers },
  { name: 'content-hostile', path: '/dashboard/?page=content', scene: { hostile: true }, ready: HOSTILE_TITLE },
  { name: 'content-empty', path: '/dashboard/?page=content', scene: { overview: nothing }, ready: 'No item of the last 7 days has tags' },
  { name: 'content-lake', path: '/dashboard/?page=content&lake=events-by-day', scene: {}, ready: '5120' },
  { name: 'content-lake-hostile', path: '/dashboard/?page=content&lake=events-by-day', scene: { hostile: true }, ready: 'What the history says' },
  { name: 'content-loading', path: '/dashboard/?page=content', scene: { silent: true }, ready: 'Loading the catalogue' },
  { name: 'content-error', path: '/dashboard/?page=content', scene: { failing: true }, ready: 'Topics could not be loaded.' },
  { name: 'model', path: '/dashboard/?page=model', scene: {}, ready: 'Version 4,711 of the model is 2 s old, consumers are at most 640 ms behind' },
  { name: 'model-numbers', path: '/dashboard/?page=model&situation=long&period=24h', scene: {}, ready: 'Long history: over time', before: showNumbers },
  { name: 'model-overfull', path: '/dashboard/?page=model', scene: { overfull: true }, ready: 'At least 1,000 entries that could not be processed' },
  { name: 'model-empty', path: '/dashboard/?page=model', scene: { overview: nothing }, ready: 'The process that answers has no metrics of consumers.' },
  { name: 'model-loading', path: '/dashboard/?page=model', scene: { silent: true }, ready: 'Loading quality' },
  { name: 'model-error', path: '/dashboard/?page=model', scene: { failing: true }, ready: 'Quality could not be loaded.' },
  { name: 'user-elsewhere', path: '/dashboard/?page=user', scene: {}, ready: 'Users are looked up by commands' },
  { name: 'user', path: '/dashboard/?page=user', scene: { demo: true }, ready: 'Some users:', before: async ({ page }) => { await page.getByRole('button', { name: 'u-1' }).click(); await page.getByText('The list of u-1 reflects 38 events').waitFor(); } },
  { name: 'user-failed', path: '/dashboard/?page=user', scene: { demo: true }, ready: 'Some users:', before: async ({ page }) => { await page.getByRole('textbox', { name: 'User id' }).fill('nobody'); await page.keyboard.press('Enter'); await page.getByText('The user could not be looked up.').waitFor(); } },
  { name: 'keys', path: '/dashboard/', scene: {}, ready: 'Healthy', before: async ({ page }) => { await page.getByRole('button', { name: 'Settings' }).click(); await page.getByRole('button', { name: 'Shortcuts' }).click(); await page.getByText('Shortcuts of the dashboard').waitFor(); } },
  { name: 'settings', path: '/dashboard/', scene: {}, ready: 'Healthy', before: async ({ page }) => { await page.getByRole('button', { name: 'Settings' }).click(); await page.getByText('Print this page').waitFor(); } },
  { name: 'content-nothing-found', path: '/dashboard/?page=content&find=xyz', scene: {}, ready: 'Nothing here has “xyz” in it.' },
  { name: 'key', path: '/dashboard/', scene: { unauthorized: true }, ready: 'This key is unknown or has expired.' },
];

interface PageOf {
  name: string;
  path: string;
  /** A text that is there once the page is. */
  ready: string;
  /** What is told first. */
  sentence: string;
  demo?: boolean;
}

const PAGES: PageOf[] = [
  { name: 'Home', path: '/dashboard/', ready: 'Lists clicked, 18–24 Nov; from 500 lists on', sentence: 'Healthy now: 5 checks passed.' },
  { name: 'Outcomes', path: '/dashboard/?page=outcomes&placement=home', ready: 'home: by source', sentence: 'Lists clicked, by placement' },
  { name: 'Experiments', path: '/dashboard/?page=experiments', ready: 'learned: difference over time', sentence: 'learned is ahead of control' },
  { name: 'Content', path: '/dashboard/?page=content', ready: 'Never shown', sentence: 'Demand for “climate” is 2.9 × its share' },
  { name: 'Model and flow', path: '/dashboard/?page=model', ready: 'What events lack', sentence: 'Version 4,711 of the model is 2 s old' },
  { name: 'User lookup', path: '/dashboard/?page=user', ready: 'Some users:', sentence: 'This page reads users of the demo', demo: true },
];

describe.skipIf(CHROMIUM === undefined)('the dashboard in Chromium', () => {
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

  const at = async (path: string, scene: Scene = {}, look: Look = LIGHT, key = KEY): Promise<Opened> => {
    site.api = dashboardApi(scene);
    site.requests.length = 0;
    return open(browser, site.address + path, look, key);
  };

  describe('in each state', () => {
    let last: Opened | undefined;
    afterAll(() => last?.context.close());

    for (const state of STATES) {
      test.each(LOADS)(`${state.name}, $names: nothing for axe to find, nothing wider than the window, no fault`, async ({ looks }) => {
        site.api = dashboardApi(state.scene);
        const opened = (last = await openAgain(browser, last, site.address + state.path, looks[0]!, state.key ?? KEY));
        await opened.page.getByText(state.ready).first().waitFor();
        await state.before?.(opened);
        await expectFlawless(opened, `dashboard-${state.name}`, looks);
      });
    }
  });

  test('a secret key is refused with a sentence, is not kept and leaves the address', async () => {
    const { page, context } = await at('/dashboard/', {}, LIGHT, `fsk_abcdefghijkl_${'a'.repeat(52)}`);
    await page.getByRole('alert').getByText('This is a secret key').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('fsk_');
    expect(site.requests).toEqual([]);
    await page.getByRole('textbox', { name: 'Key' }).fill(KEY);
    await page.keyboard.press('Enter');
    await page.getByText('Healthy').waitFor();
    expect(site.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    await context.close();
  });

  test('a view is sent as a link: without a key it asks for one and shows the view; the address that a command printed is taken for its key', async () => {
    const path = '/dashboard/?page=outcomes&period=28d&placement=home';
    const { page, context } = await at(path, {}, LIGHT, '');
    await page.getByRole('textbox', { name: 'Key' }).fill(`http://127.0.0.1:8787/dashboard/#key=${KEY}`);
    await page.keyboard.press('Enter');
    await page.getByText('home: over time').waitFor();
    await page.getByText('28 Oct–24 Nov (UTC) against 30 Sept–27 Oct').waitFor();
    expect(page.url()).toBe(site.address + path);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Copy a link to this view' }).click();
    await page.getByText('Copied. Who opens it is asked for a key.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(site.address + path);
    await context.close();
  });

  test('the period stays from page to page, in as far as the page has it, and nothing else does', async () => {
    const { page, context } = await at('/dashboard/?page=outcomes&period=28d&placement=home');
    await page.getByText('home: over time').waitFor();
    await page.getByRole('link', { name: 'Content' }).click();
    await page.getByText('18–24 Nov (UTC)').waitFor();
    expect(new URL(page.url()).search).toBe('?period=28d&page=content');
    expect(await page.getByRole('button', { name: '28 d' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Outcomes' }).click();
    await page.getByText('28 Oct–24 Nov (UTC)').waitFor();
    await context.close();
  });

  test('navigation stays at the top of a long page, and is not printed', async () => {
    const { page, context } = await at('/dashboard/?page=content');
    await page.getByText('Demand against supply').waitFor();
    await page.evaluate(() => scrollTo(0, 900));
    const nav = page.getByRole('navigation', { name: 'Pages' });
    expect((await nav.boundingBox())!.y).toBeLessThan(10);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await nav.isVisible()).toBe(false);
    expect(await page.getByText('Asked at 12:00:00 UTC').isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.panel')!).color)).toBe('rgb(22, 24, 28)');
    await context.close();
  });

  test('titles of a catalogue are text', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText(HOSTILE_TITLE).first().waitFor();
    expect(await page.title()).toBe('Home – Freshet dashboard');
    expect(await page.locator('img').count()).toBe(0);
    await context.close();
  });

  test('the last good figures stay, marked with their age, when later requests fail, and trying again mends it', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    site.api = dashboardApi({ failing: true });
    await page.getByText('could not be loaded.').waitFor();
    await page.getByText('Whether all is well now is not known').waitFor();
    expect(await page.getByText('Healthy').count()).toBe(0);
    await page.waitForTimeout(5500); // by then all have failed
    expect(await page.getByRole('alert').count()).toBe(1);
    await page.getByText(/The figures below are .* old/).waitFor();
    await page.getByText('Not renewed since 12:00:00 UTC').waitFor();
    site.api = dashboardApi();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('could not be loaded').waitFor({ state: 'detached' });
    await page.getByText('Healthy now').waitFor();
    await page.getByText('Events up to 11:59:57 UTC').waitFor();
    await context.close();
  });

  test('an answer that the page has is asked for by its tag', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    await expect.poll(() => site.requests.filter((request) => request.path === '/v1/insights/overview').length, { timeout: 10_000 }).toBeGreaterThan(2);
    const asked = site.requests.filter((request) => request.path === '/v1/insights/overview');
    expect(asked[0]?.headers['if-none-match']).toBeUndefined();
    expect(asked.slice(1).every((request) => request.headers['if-none-match'] !== undefined)).toBe(true);
    await context.close();
  });

  test('a page that is not seen asks for nothing', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.waitForTimeout(1500);
    const before = site.requests.length;
    await page.waitForTimeout(2500);
    expect(site.requests.length).toBe(before);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(() => site.requests.length).toBeGreaterThan(before);
    await context.close();
  });

  test('by keyboard alone: skip, read the line point by point, open a placement, change the period, go back', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    const line = page.getByRole('slider', { name: 'Lists clicked' });
    for (const name of ['24 h', '7 d', '28 d', 'Days…', 'See the checks', 'Open its hours', 'Open its hours', 'Conversions per 1,000 lists', 'Revenue per 1,000 lists', 'Lists clicked', 'Gain over the holdout', 'Event to list', '•••']) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name);
    }
    await page.keyboard.press('Tab');
    expect(await line.evaluate((element) => element === document.activeElement)).toBe(true);
    const last = await line.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowLeft');
    const before = await line.getAttribute('aria-valuetext');
    expect(before).toMatch(/^Mon 23 Nov: 18–24 Nov 11\.9 % \(11\.2 % to 12\.6 %\), 11–17 Nov 10\.7 %$/);
    expect(before).not.toBe(last);
    await page.keyboard.press('Home');
    expect(await line.getAttribute('aria-valuenow')).toBe('0');
    await page.keyboard.press('ArrowLeft');
    expect(await line.getAttribute('aria-valuenow')).toBe('0');

    await page.getByRole('link', { name: 'Outcomes' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'home', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('home: by source').waitFor();
    expect(new URL(page.url()).searchParams.get('placement')).toBe('home');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('home');
    await page.getByRole('button', { name: '28 d' }).focus();
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).searchParams.get('period')).toBe('28d');
    await page.getByText('28 Oct–24 Nov (UTC) against 30 Sept–27 Oct').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('From').fill('2026-11-02');
    await page.getByLabel('To', { exact: true }).fill('2026-11-03');
    await page.keyboard.press('Enter');
    await page.getByText('2–3 Nov (UTC) against 26–27 Oct').waitFor();
    await expect.poll(() => site.requests.some(({ query }) => query.get('from') === '2026-10-26' && query.get('to') === '2026-10-27' && query.get('by') === 'placement')).toBe(true);
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await page.getByText('home: by source').waitFor({ state: 'detached' });
    await context.close();
  });

  test('each figure of Home has its chart one press away, and what needs attention a way to where it is looked into', async () => {
    const { page, context } = await at('/dashboard/', { overview: silent });
    await page.getByRole('button', { name: 'Revenue per 1,000 lists' }).click();
    await page.getByRole('slider', { name: 'Revenue per 1,000 lists' }).waitFor();
    expect(new URL(page.url()).search).toBe('?chart=revenue');
    await page.getByRole('button', { name: 'Gain over the holdout' }).click();
    await page.getByRole('link', { name: 'The experiment worth' }).click();
    await page.getByLabel('Experiment').waitFor();
    expect(await page.getByLabel('Experiment').inputValue()).toBe('worth');
    await page.goBack();
    await page.getByRole('link', { name: 'Open Outcomes' }).click();
    await page.getByText('Lists clicked, by placement').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Open Model and flow' }).click();
    await page.getByText('Consumers', { exact: false }).first().waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'home', exact: true }).click();
    await page.getByText('home: over time').waitFor();
    await context.close();
  });

  test('what failed and what was deployed is marked on each axis of times, and told with its time', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('A 22 Nov, 12:00: a deployment').waitFor();
    await page.getByText(/B 22 Nov, 14:00: events were rejected: unknown-type [\d,]+, other 80 until 16:00/).waitFor();
    await page.getByText(/C 24 Nov, 09:00: events were rejected: unknown-type [\d,]+, other 40 until 10:00/).waitFor();
    expect(await page.locator('.marker text').allTextContents()).toEqual(['A', 'B', 'C']);
    await page.getByRole('button', { name: '24 h' }).click();
    await page.getByText(/A 24 Nov, 09:00: events were rejected: unknown-type [\d,]+, other 160 until 09:20/).waitFor();
    await page.getByRole('link', { name: 'Model and flow' }).click();
    await page.getByRole('figure', { name: 'Events accepted, over time' }).getByText(/A 24 Nov, 09:00: events were rejected: unknown-type [\d,]+, other 160 until 09:20/).waitFor();
    await context.close();
  });

  test('an incident of a past day is told with its cause, and opens the hours of its day', async () => {
    const { page, context } = await at('/dashboard/?from=2026-11-22&to=2026-11-22');
    await page.getByText(/22 Nov, 14:00 to 16:00: events were rejected: unknown-type [\d,]+, other 80\./).waitFor();
    await page.getByText('Healthy now: 5 checks passed.').waitFor();
    expect(await page.getByText('24 Nov, 09:00').count()).toBe(0);
    expect(await page.getByRole('slider', { name: 'Lists clicked' }).getAttribute('aria-valuemax')).toBe('23');
    await page.getByRole('link', { name: 'Open its hours' }).click();
    const incidents = page.getByRole('table', { name: 'Incidents' });
    expect(await incidents.getByRole('row').nth(1).innerText()).toMatch(/^22 Nov, 14:00\s+16:00\s+events were rejected: unknown-type [\d,]+, other 80$/);
    expect(new URL(page.url()).search).toBe('?from=2026-11-22&to=2026-11-22&page=model');
    expect(await page.getByRole('slider', { name: 'Events accepted' }).getAttribute('aria-valuemax')).toBe('23');
    await page.getByText('That is now; events, incidents and rejections below are of 22 Nov.').waitFor();
    await page.getByRole('figure', { name: 'Refused, by reason' }).getByText('rejected in 22 Nov.').waitFor();
    await page.getByRole('table', { name: 'Refused, by reason' }).getByText('unknown-type').waitFor();
    await context.close();
  });

  test('of days whose hours are no longer kept Home says so, and Model and flow has the hours of their events', async () => {
    const { page, context } = await at('/dashboard/?from=2026-11-03&to=2026-11-03');
    await page.getByText('Hours of lists are kept for eight days.').waitFor();
    await page.locator('main').getByRole('link', { name: 'Model and flow' }).click();
    expect(await page.getByRole('slider', { name: 'Events accepted' }).getAttribute('aria-valuemax')).toBe('23');
    await context.close();
  });

  test('the part of a day that there is so far is drawn and told as a part, and no sparkline ends in it', async () => {
    const { page, context } = await at('/dashboard/');
    const line = page.getByRole('slider', { name: 'Lists clicked' });
    await line.waitFor();
    expect(await line.getAttribute('aria-valuetext')).toMatch(/^Tue 24 Nov, so far: /);
    expect(await line.locator('circle.so-far').count()).toBe(1);
    const [whole, soFar] = await line.locator('path.course:not(.before)').evaluateAll((paths) => paths.map((path) => [path.getAttribute('d')!.split(/[ML]/).length - 1, getComputedStyle(path).strokeDasharray]));
    expect([whole?.[0], soFar?.[0], soFar?.[1]]).toEqual([6, 2, '3px, 3px']);
    expect((await page.locator('.big.pressed .sparkline polyline').getAttribute('points'))!.split(' ').length).toBe(6);
    await page.getByRole('button', { name: '28 d' }).click();
    await expect.poll(() => page.locator('.big.pressed .sparkline polyline').getAttribute('points').then((points) => points!.split(' ').length)).toBe(27);
    await context.close();
  });

  test('the gain is that at the end of the period, and placements say of which day they are', async () => {
    const { page, context } = await at('/dashboard/?from=2026-11-22&to=2026-11-22');
    const gain = page.locator('.big', { hasText: 'Gain over the holdout' });
    await gain.getByText('since it began until 22 Nov').waitFor();
    const then = await gain.locator('.value').innerText();
    await page.getByRole('button', { name: '24 h' }).click();
    await gain.getByText('since it began until now').waitFor();
    expect(await gain.locator('.value').innerText()).toContain('+1.2 points');
    expect(then).not.toContain('+1.2 points');
    await page.getByText('Lists clicked, 24 Nov so far, not the last 24 hours; from 500 lists on').waitFor();
    await page.goto(`${site.address}/dashboard/?from=2026-11-02&to=2026-11-10`);
    await gain.getByText('Of worth nothing is kept until 10 Nov').waitFor();
    await context.close();
  });

  test('a holdout is told as what recommendation gains, with the sign and the colour of Home, and an arm that is worse is red', async () => {
    const { page, context } = await at('/dashboard/?page=experiments&experiment=worth');
    const figure = page.getByRole('figure', { name: 'Difference to popular' });
    await figure.getByText('+1.24 points (+0.49 points to +1.99 points)').waitFor();
    await figure.getByText('Lists clicked, personalised less popular').waitFor();
    expect(await figure.getByRole('row').nth(1).innerText()).toMatch(/personalised\s+decides\s+11\.54 %\s+12\.78 %\s+\+1\.24 points/);
    expect(await figure.locator('.mark-dot.good').count()).toBe(1);
    expect(await page.locator('.summary').getAttribute('class')).toContain('good');
    expect(await page.locator('main').innerText()).not.toMatch(/worse|may be stopped|−1\.24/);
    await page.getByRole('figure', { name: 'personalised: difference over time' }).waitFor();
    site.api = dashboardApi({ results: { ...results, conclusion: 'worse', sentence: 'Arm learned is worse than control.', arms: results.arms.map((arm) => ({ ...arm, conclusion: 'worse', primary: { ...arm.primary!, difference: -0.0124, interval: [-0.0199, -0.0049] as [number, number] } })) } });
    await page.goto(`${site.address}/dashboard/?page=experiments&experiment=ranker`);
    await page.getByRole('figure', { name: 'Difference to control' }).locator('.mark-dot.bad').waitFor();
    expect(await page.locator('.summary').getAttribute('class')).toContain('bad');
    await context.close();
  });

  test('on a phone every table that is shown first fits, and one that does not has a shadow at the edge it goes on behind', async () => {
    for (const path of ['/dashboard/?page=content', '/dashboard/?page=experiments', '/dashboard/?page=model']) {
      const { page, context } = await at(path, {}, { name: 'phone', theme: 'light', width: 390 });
      await page.waitForLoadState('networkidle');
      const boxes = page.locator('.scroll').filter({ visible: true });
      await boxes.first().waitFor();
      expect((await boxes.evaluateAll((all) => all.map((box) => [box.querySelector('table')!.getAttribute('aria-label'), box.scrollWidth - box.clientWidth]))).filter(([name, beyond]) => (beyond as number) > 0 && !String(name).startsWith('Difference to'))).toEqual([]);
      // No word is broken into letters below each other.
      expect(await boxes.evaluateAll((all) => Math.max(...all.flatMap((box) => [...box.querySelectorAll('tr')].map((row) => row.getBoundingClientRect().height))))).toBeLessThan(150);
      expect(await boxes.first().evaluate((box) => getComputedStyle(box).backgroundAttachment.split(', '))).toEqual(['local', 'local', 'local', 'local', 'scroll', 'scroll', 'scroll', 'scroll']);
      const title = await page.locator('h1').innerText();
      expect(title.startsWith((await page.locator('.tabs a[aria-current]').innerText()).split('\n').at(-1)!)).toBe(true);
      await context.close();
    }
  });

  test('hours are told in the zone of the browser on wish, which the page names; days stay those of UTC', async () => {
    const context = await browser.newContext({ timezoneId: 'Asia/Kolkata' });
    const page = await context.newPage();
    site.api = dashboardApi();
    await page.clock.setFixedTime(NOW);
    await page.goto(`${site.address}/dashboard/?period=24h#key=${KEY}`);
    await page.getByText('23–24 Nov, 13:00 (UTC)').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Hours in').selectOption('Asia/Calcutta').catch(() => page.getByLabel('Hours in').selectOption('Asia/Kolkata'));
    await page.getByText(/23–24 Nov, 18:30 \(Asia\/(Calcutta|Kolkata)\)/).waitFor();
    await page.getByText(/24 Nov, 14:30 to 14:50: events were rejected/).waitFor();
    await page.getByText(/Events up to 17:29:57 Asia/).waitFor();
    expect(await page.getByRole('slider', { name: 'Lists clicked' }).getAttribute('aria-valuetext')).toMatch(/^24 Nov, 16:30–17:30: /);
    await page.getByRole('button', { name: '7 d' }).click();
    await page.getByText(/18–24 Nov \(UTC, hours in Asia/).waitFor();
    expect(await page.getByRole('slider', { name: 'Lists clicked' }).getAttribute('aria-valuetext')).toMatch(/^Tue 24 Nov/);
    await context.close();
  });

  test('a menu is as high as its items', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    for (const name of ['Settings', 'Other days', 'More of “Lists clicked”']) {
      await page.getByRole('button', { name }).click();
      const menu = page.getByRole('group', { name });
      const [height, content, rows] = await menu.evaluate((one) => [one.getBoundingClientRect().height, [...one.children].reduce((sum, child) => sum + child.getBoundingClientRect().height, 0), getComputedStyle(one).alignContent]);
      expect(rows).toBe('start');
      expect(height).toBeLessThan((content as number) + 24);
      await page.keyboard.press('Escape');
    }
    await context.close();
  });

  test('what is not loaded is told as loading and not as none', async () => {
    const { page, context } = await at('/dashboard/?chart=gain', { pending: '/v1/insights/experiments' });
    const figures = page.locator('.big');
    await figures.filter({ hasText: 'Gain over the holdout' }).getByText('Loading…').waitFor();
    expect(await page.getByText(/too few users|No holdout|popular items for months/).count()).toBe(0);
    site.api = dashboardApi({ pending: '/v1/insights/flow' });
    await page.goto(`${site.address}/dashboard/`);
    await figures.filter({ hasText: 'Event to list' }).getByText('Loading…').waitFor();
    await page.goto(`${site.address}/dashboard/?page=model`);
    await page.getByText('Loading events over time').waitFor();
    expect(await page.getByText('No event was accepted').count()).toBe(0);
    await context.close();
  });

  test('before its script is there a page says that it loads', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    await page.route('**/assets/*.js', () => undefined);
    await page.goto(`${site.address}/dashboard/`, { waitUntil: 'commit' });
    await page.getByText('Loading the dashboard…').waitFor();
    await context.close();
  });

  test('without answers Model and flow is not well, in one box, and an empty site has no event of 1970', async () => {
    const { page, context } = await at('/dashboard/?page=model');
    await page.getByText('Version 4,711 of the model is 2 s old').waitFor();
    site.api = dashboardApi({ failing: true });
    await page.getByText('How the flow is now is not known').waitFor();
    expect(await page.locator('.summary.good').count()).toBe(0);
    await page.goto(`${site.address}/dashboard/`);
    await page.getByText('The figures below').or(page.getByText('could not be loaded.')).first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    const epoch = { modelVersion: 0, newestEvent: '1970-01-01T00:00:00Z' };
    const empty = dashboardApi({ overview: nothing });
    site.api = (request) => {
      const reply = empty(request);
      return request.path === '/v1/insights/outcomes' ? { body: { ...(reply?.body as object), asOf: epoch } } : reply;
    };
    await page.goto(`${site.address}/dashboard/?page=outcomes`);
    await page.getByText('Asked at 12:00').waitFor();
    expect(await page.getByText('1 Jan').count()).toBe(0);
    await context.close();
  });

  test('a key that is pasted into the address of the open page is taken, and leaves the address', async () => {
    const { page, context } = await at('/dashboard/', {}, LIGHT, '');
    await page.getByRole('textbox', { name: 'Key' }).waitFor();
    await page.evaluate((key) => { location.hash = `#key=${key}`; }, KEY);
    await page.getByText('Healthy').waitFor();
    expect(page.url()).toBe(`${site.address}/dashboard/`);
    await context.close();
  });

  test('a new account ticks its steps as they happen, and has its figures with the first click', async () => {
    const { page, context } = await at('/dashboard/', { overview: nothing });
    await page.getByText('2 of 6 steps are done.').waitFor();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy: Items are in the catalogue' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('./freshet items put items.jsonl');
    expect(await page.getByRole('slider').count()).toBe(0);
    // With lists that nobody clicks there are figures beside the steps.
    site.api = dashboardApi({ overview: { ...nothing, model: { ...nothing.model, version: 1, items: 3 }, events: { total: 2, byType: { view: 2 } }, days: overview.days.map((day) => ({ ...day, listsClicked: 0 })) } });
    await page.getByText('5 of 6 steps are done.').waitFor();
    await page.getByRole('slider', { name: 'Lists clicked' }).waitFor();
    site.api = dashboardApi();
    await page.getByText('From nothing to a click that counts').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Lists clicked', exact: true }).waitFor();
    await context.close();
  });

  test('the time that is pointed at on one chart is told by all charts of the page, with each series', async () => {
    const { page, context } = await at('/dashboard/?page=model&situation=long');
    const [accepted, weights] = [page.getByRole('slider', { name: 'Events accepted' }), page.getByRole('slider', { name: 'Shares of the families, Long history' })];
    await accepted.waitFor();
    await weights.waitFor();
    await accepted.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => accepted.getAttribute('aria-valuetext')).toMatch(/^24 Nov, 09:00–10:00: [\d,]+ events$/);
    await expect.poll(() => weights.getAttribute('aria-valuetext')).toMatch(/^24 Nov, 09:00–10:00: People like you \d+ %, Similar content \d+ %, /);
    await weights.scrollIntoViewIfNeeded();
    const box = (await weights.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 50);
    await expect.poll(() => weights.getAttribute('aria-valuetext')).toMatch(/^2[34] Nov, (22|23|00):00/);
    await page.mouse.move(0, 0);
    await expect.poll(() => weights.getAttribute('aria-valuetext')).toMatch(/^24 Nov, 11:00–12:00/);
    await context.close();
  });

  test('a table is sorted by its head, filtered, copied, and its head stays; all by keyboard', async () => {
    const { page, context } = await at('/dashboard/?page=content');
    const figure = page.getByRole('figure', { name: 'Demand against supply' });
    await figure.getByRole('button', { name: /^More of/ }).focus();
    for (const key of ['Enter', 'Tab', 'Enter']) {
      await page.keyboard.press(key);
    }
    const first = () => figure.locator('tbody th').allInnerTexts();
    expect((await first()).slice(0, 2)).toEqual(['climate', 'football']);
    const head = figure.getByRole('columnheader', { name: 'Published' });
    await head.getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect([await head.getAttribute('aria-sort'), ...(await first()).slice(0, 2)]).toEqual(['descending', 'politics', 'economy']);
    await page.keyboard.press('Enter');
    expect([await head.getAttribute('aria-sort'), ...(await first()).slice(0, 2)]).toEqual(['ascending', 'chess', 'climate']);
    await page.keyboard.press('Enter');
    expect([await head.getAttribute('aria-sort'), (await first())[0]]).toEqual([null, 'climate']);
    await figure.getByRole('searchbox').fill('CUL');
    expect(await first()).toEqual(['culture']);
    await figure.getByRole('searchbox').fill('xyz');
    await figure.getByText('No row has “xyz” in it.').waitFor();
    await figure.getByRole('searchbox').fill('');
    await figure.locator('.scroll').evaluate((element: HTMLElement) => { element.style.maxHeight = '120px'; element.scrollTop = 100; });
    const [box, row] = [(await figure.locator('.scroll').boundingBox())!, (await head.boundingBox())!];
    expect(Math.abs(row.y - box.y)).toBeLessThan(2);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await figure.getByRole('button', { name: /^More of/ }).click();
    await figure.getByRole('button', { name: 'Copy the numbers' }).click();
    await figure.getByText('Copied').waitFor();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    expect(lines[0]).toMatch(/^Topic\tPublished\tChosen\t/);
    expect(lines[1]).toMatch(/^climate\t14\t2,140\t2\.94\t/);
    await context.close();
  });

  test('of a long table fifty rows are drawn, and fifty more when they are asked for', async () => {
    const { page, context } = await at('/dashboard/?chart=freshness&period=28d');
    await page.getByRole('button', { name: 'More of “Event to list”' }).click();
    await page.getByRole('button', { name: 'Show the numbers' }).click();
    const rows = page.getByRole('table', { name: 'Event to list' }).locator('tbody tr');
    expect(await rows.count()).toBe(50);
    await page.getByRole('button', { name: 'Show 50 rows more of 660' }).click();
    await expect.poll(() => rows.count()).toBe(100);
    await context.close();
  });

  test('a table is downloaded as CSV', async () => {
    const { page, context } = await at('/dashboard/?page=outcomes');
    await page.getByText('home · ranker:learned').first().waitFor();
    const figure = page.getByRole('figure', { name: 'Lists clicked, by placement' });
    await figure.getByRole('button', { name: /^More of/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), figure.getByRole('button', { name: 'Download as CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('outcomes-2026-11-18-2026-11-24.csv');
    await context.close();
  });

  const contentOf = async (download: Download) => {
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) {
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString('utf8');
  };

  test('a list of a route is downloaded whole, page by page, with the names of its columns once', async () => {
    const { page, context } = await at('/dashboard/?page=content');
    const figure = page.getByRole('figure', { name: 'Holding attention' });
    await figure.getByRole('button', { name: /^More of/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), figure.getByRole('button', { name: 'Download as CSV' }).click()]);
    const lines = (await contentOf(download)).split('\r\n');
    expect(download.suggestedFilename()).toBe('attention.csv');
    expect(lines[0]).toMatch(/^itemId,title,publishedAt,attentionSeconds/);
    expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(['"c-0"', '"c-1"', '"c-2"', '"c-3"', '"c-4"', '"c-5"']);
    const asked = site.requests.filter((request) => request.headers.accept === 'text/csv');
    expect(asked.map((request) => [request.query.get('order'), request.query.get('limit'), request.query.get('after')])).toEqual([['attention', '100', null], ['attention', '100', '4']]);
    expect(asked.every((request) => request.headers.authorization === `Bearer ${KEY}`)).toBe(true);
    await context.close();
  });

  test('a file that cannot be loaded says so beside its button', async () => {
    const { page, context } = await at('/dashboard/?page=content');
    const figure = page.getByRole('figure', { name: 'Holding attention' });
    await figure.getByRole('button', { name: /^More of/ }).click();
    site.api = dashboardApi({ failing: true });
    await figure.getByRole('button', { name: 'Download as CSV' }).click();
    await figure.getByText('The file could not be loaded. A store did not respond in time').waitFor();
    await context.close();
  });

  const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-keyshortcuts') ?? document.activeElement?.tagName);

  test('/ goes to the search of the page, or of the content; Escape empties it; a slash that is typed stays one', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    await page.keyboard.press('Control+/');
    expect(await focused(page)).toBe('BODY');
    await page.keyboard.press('/');
    await expect.poll(() => focused(page)).toBe('/');
    const field = page.getByRole('searchbox', { name: 'Find' });
    await page.getByText('Demand against supply').waitFor();
    await page.keyboard.type('sc/');
    expect(await field.inputValue()).toBe('sc/');
    await page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('');
    await page.keyboard.type('harb');
    const demand = page.getByRole('figure', { name: 'Demand against supply' });
    await demand.getByText('harbour').waitFor();
    await demand.getByText('football').waitFor({ state: 'detached' });
    await page.getByRole('figure', { name: 'Holding attention' }).getByText('Nothing here has “harb” in it.').waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => new URL(page.url()).searchParams.get('find')).toBe('harb');
    await context.close();
  });

  test('/ on the page of users goes to the user id, and nowhere while a dialog is open or single keys are turned off', async () => {
    const { page, context } = await at('/dashboard/?page=user', { demo: true });
    await page.getByText('Some users:').waitFor();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('user-id');
    const keys = page.getByRole('button', { name: 'Settings' });
    await keys.click();
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    const dialog = page.getByRole('dialog', { name: 'Shortcuts of the dashboard' });
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('user-id');
    await dialog.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await keys.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('/');
    expect(await keys.evaluate((element) => element === document.activeElement)).toBe(true);
    await context.close();
  });

  test.each(PAGES)('$name says within its first screen on a phone what there is to know, and is no wider than the window at 320 pixels, or with text of twice the size on 1280', async ({ path, ready, demo, sentence }) => {
    const { page, context } = await at(path, { demo: demo === true }, LOOKS[2] as Look);
    await page.getByText(ready).first().waitFor();
    const box = await page.getByText(sentence).first().boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(400);
    for (const [width, scale] of [[320, 1], [1280, 2]] as const) {
      await lookAt(page, { name: 'large', theme: 'light', width });
      await page.evaluate((factor) => {
        const root = document.documentElement;
        for (let step = 1; step <= 6; step++) {
          const size = parseFloat(getComputedStyle(root).getPropertyValue(`--type-${step}`));
          root.style.setProperty(`--type-${step}`, `${size * factor}px`);
        }
      }, scale);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await overlapping(page)).toEqual([]);
    }
    await context.close();
  });

  test.each(PAGES)('$name by keyboard alone: all that can be used is reached, and every chart with a cursor says its values', async ({ path, ready, demo }) => {
    const { page, context } = await at(path, { demo: demo === true });
    await page.getByText(ready).first().waitFor();
    await page.waitForLoadState('networkidle'); // some charts have a route of their own, and come later
    const usable = page.locator('a[href], button:not([disabled]), select, input, [role="slider"], [tabindex="0"]').filter({ visible: true });
    const wanted = await usable.count();
    await page.evaluate(() => {
      document.addEventListener('focusin', (event) => (event.target as Element).setAttribute('data-reached', ''));
    });
    let sliders = 0;
    for (let step = 0; step < wanted + 2; step++) {
      await page.keyboard.press('Tab');
      const told = await page.evaluate(() => {
        const { activeElement: element } = document;
        return element?.getAttribute('role') === 'slider' ? { text: element.getAttribute('aria-valuetext'), last: Number(element.getAttribute('aria-valuemax')), now: Number(element.getAttribute('aria-valuenow')) } : undefined;
      });
      if (told !== undefined && told.last > 0) {
        await page.keyboard.press(told.now > 0 ? 'ArrowLeft' : 'ArrowRight');
        await page.waitForFunction((text) => document.activeElement?.getAttribute('aria-valuetext') !== text, told.text);
        sliders++;
      }
    }
    const missed = await usable.evaluateAll((elements) => elements.filter((element) => !element.hasAttribute('data-reached')).map((element) => element.outerHTML.slice(0, 120)));
    expect(missed).toEqual([]);
    expect(sliders).toBe(await page.getByRole('slider').count());
    await context.close();
  });

  test('an experiment by keyboard alone: made, paused, resumed, stopped and begun anew, each after saying what it does, and logged', async () => {
    const { page, context } = await at('/dashboard/?page=experiments', {}, LIGHT, CHANGING);
    site.api = experimentsApi();
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
    };
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await press('New experiment');
    await page.keyboard.press('Tab');
    await page.keyboard.type('more-variety');
    await page.keyboard.press('Tab');
    await page.keyboard.type('home, article');
    await page.keyboard.press('Enter');
    await page.getByText('running, 20.0 % may enter').waitFor();
    expect(new URL(page.url()).searchParams.get('experiment')).toBe('more-variety');
    expect(site.requests.find(({ method }) => method === 'PUT')?.body).toEqual({
      id: 'more-variety', version: 1, status: 'running', layer: 'more-variety', traffic: 0.2, salt: 'more-variety-1', plannedUsers: 20_000, target: { placements: ['home', 'article'] },
      arms: [{ id: 'control', weight: 0.5 }, { id: 'varied', weight: 0.5, diversity: 0.6 }], metrics: { primary: 'listCtr', window: '7d' },
    });
    for (const [action, next, logged] of [['Pause', 'Resume', 'paused'], ['Resume', 'Pause', 'running, 20.0 % may enter'], ['Stop', 'Begin a new phase', 'stopped'], ['Begin a new phase', 'Stop', 'running, 20.0 % may enter']] as const) {
      await press(action);
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(action);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: next, exact: true }).waitFor();
      await page.getByRole('table', { name: 'Changes' }).getByText(logged).first().waitFor();
      await expect.poll(focused).toBe(next);
    }
    expect(await page.getByRole('table', { name: 'Changes' }).getByRole('row').allTextContents()).toEqual([
      'Time (UTC)ToByVersion', ...['running, 20.0 % may enter', 'stopped', 'running, 20.0 % may enter', 'paused', 'running, 20.0 % may enter'].map((to, at) => `24 Nov, 12:00:00${to}ann …9k2d${5 - at}`),
    ]);
    expect(site.requests.filter(({ method }) => method === 'PUT').map(({ body }) => (body as { salt: string }).salt).at(-1)).toBe('more-variety-5');
    await context.close();
  });

  test('a change that another one came before is refused in the page, with the problem of the API; a draft is kept and started', async () => {
    const { page, context } = await at('/dashboard/?page=experiments', {}, LIGHT, CHANGING);
    const api = experimentsApi();
    site.api = (request) => (request.method === 'PUT' && request.path.endsWith('/ranker') ? api({ ...request, body: { ...(request.body as object), version: 2 } }) : api(request));
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('alert').getByText('The stored version is 2; send a higher one. version-not-higher').waitFor();
    await page.getByRole('alert').getByText('4bf92f3577b34da6a3ce929d0e0e4736').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New experiment' }).click();
    await page.getByRole('textbox', { name: /^Definition/ }).fill('{');
    await page.getByText('The definition is no JSON.').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('textbox', { name: /^Definition/ }).fill(JSON.stringify({ id: 'kept', version: 1, status: 'draft', traffic: 0.4, plannedUsers: 1000, target: { placements: 'home' }, arms: [{ id: 'a', weight: 1 }], metrics: {} }));
    await page.getByRole('button', { name: 'Keep as a draft' }).click();
    await page.getByText('kept is a draft: nobody is assigned to its arms.').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    await page.getByText('running, 40.0 % may enter').waitFor();
    await context.close();
  });

  test('a tab without a key for experiments has no buttons for them, nor one whose key ended and was replaced by one that reads', async () => {
    const { page, context } = await at('/dashboard/?page=experiments');
    await page.getByText('Changes').first().waitFor();
    const buttons = page.getByRole('button', { name: /^(New experiment|Stop|Pause)$/ });
    expect(await buttons.count()).toBe(0);
    await page.evaluate((key) => sessionStorage.setItem('freshet.insights-key', key), CHANGING);
    await page.reload();
    await buttons.nth(2).waitFor();
    site.api = dashboardApi({ unauthorized: true });
    await page.getByRole('textbox', { name: 'Key' }).waitFor();
    site.api = dashboardApi();
    await page.getByRole('textbox', { name: 'Key' }).fill(KEY);
    await page.keyboard.press('Enter');
    await expect.poll(() => buttons.count()).toBe(0);
    expect(site.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    await context.close();
  });

  test('content by keyboard alone: filter by author and country, show numbers, download, hide them, go back', async () => {
    const { page, context } = await at('/dashboard/?page=content');
    await page.getByText('Demand against supply').waitFor();
    await page.getByLabel('Topics are').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => new URL(page.url()).searchParams.get('by')).toBe('author');
    await expect.poll(() => site.requests.some((request) => request.path === '/v1/insights/topics' && request.query.get('by') === 'author')).toBe(true);
    await page.getByLabel('Country').focus();
    await page.keyboard.type('de');
    await page.keyboard.press('Tab');
    await expect.poll(() => site.requests.some((request) => request.query.get('country') === 'DE')).toBe(true);
    await page.getByText('Demand against supply').waitFor();
    const figure = page.getByRole('figure', { name: 'Demand against supply' });
    const menu = figure.getByRole('button', { name: 'More of “Demand against supply”' });
    await menu.focus();
    for (const key of ['Enter', 'Tab', 'Enter']) {
      await page.keyboard.press(key);
    }
    await figure.getByRole('table', { name: 'Demand against supply' }).waitFor();
    expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
    for (const key of ['Enter', 'Tab', 'Tab', 'Tab']) {
      await page.keyboard.press(key);
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('demand-by-author.csv');
    for (const key of ['Shift+Tab', 'Shift+Tab', 'Enter']) {
      await page.keyboard.press(key);
    }
    await figure.getByRole('table').waitFor({ state: 'detached' });
    await page.goBack();
    expect(new URL(page.url()).searchParams.get('country')).toBeNull();
    await page.goBack();
    expect(new URL(page.url()).searchParams.get('by')).toBeNull();
    await context.close();
  });

  test('an answer of the lake has its address, its rows and its file', async () => {
    const { page, context } = await at('/dashboard/?page=content');
    await page.getByRole('link', { name: 'Events and people by day and type.' }).click();
    const table = page.getByRole('table', { name: 'Events and people by day and type.' });
    await table.getByText('5120').waitFor();
    expect(await table.getByRole('row').nth(2).innerText()).toMatch(/save\s+64\s+–/);
    expect(new URL(page.url()).searchParams.get('lake')).toBe('events-by-day');
    const figure = page.getByRole('figure', { name: 'Events and people by day and type.' });
    await figure.getByRole('button', { name: /^More of/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), figure.getByRole('button', { name: 'Download as CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('lake-events-by-day.csv');

    await page.getByRole('link', { name: 'People by the week of their first event' }).click();
    await page.getByRole('alert').getByText('The lake was not asked yet.').waitFor();
    await page.goBack();
    await table.waitFor();
    await context.close();
  });

  test('without a lake the page says how to get one', async () => {
    const { page, context } = await at('/dashboard/?page=content', { overview: nothing });
    await page.getByText('This stack keeps no lake.').waitFor();
    await context.close();
  });

  test('names from catalogues are text on every page, and nothing of them can be followed', async () => {
    for (const path of ['/dashboard/', '/dashboard/?page=content&lake=events-by-day', '/dashboard/?page=user']) {
      const { page, context } = await at(path, { hostile: true, demo: true });
      if (path.endsWith('user')) {
        await page.getByRole('button', { name: 'u-1' }).click();
      }
      await page.getByText(HOSTILE_TITLE).first().waitFor();
      expect(await page.title()).toContain('Freshet dashboard');
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')).filter((href) => !/^[?#]/.test(href ?? '')))).toEqual([]);
      await context.close();
    }
  });

  test('a user is asked for without a key, and the id is in no address', async () => {
    const { page, context } = await at('/dashboard/?page=user', { demo: true });
    const asked: { path: string; key: string | undefined }[] = [];
    page.on('request', (request) => asked.push({ path: new URL(request.url()).pathname, key: request.headers()['authorization'] }));
    await page.waitForLoadState('networkidle');
    asked.length = 0;
    await page.reload();
    await page.getByRole('textbox', { name: 'User id' }).fill('u-1');
    await page.keyboard.press('Enter');
    await page.getByText('The list of u-1 reflects 38 events').waitFor();
    await page.getByText(/^raised by click of “.*” \(\+0\.40\)$/).first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain('because of');
    expect(asked.filter(({ path }) => /^\/(_freshet|v1)\//.test(path))).toEqual([{ path: '/_freshet/users', key: undefined }, { path: '/_freshet/users/u-1', key: undefined }]);
    expect(page.url()).not.toContain('u-1');
    await context.close();
  });

  test('a page whose script cannot be loaded says so', async () => {
    const { page, context } = await at('/dashboard/');
    await page.getByText('Healthy').waitFor();
    await page.route('**/assets/ContentPage-*', (route) => route.abort());
    await page.getByRole('link', { name: 'Content' }).click();
    await page.getByText('The page Content could not be loaded.').waitFor();
    await page.unroute('**/assets/ContentPage-*');
    await page.getByRole('button', { name: 'Load the dashboard again' }).click();
    await page.getByText('Demand against supply').waitFor();
    await context.close();
  });
});
