import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardApi, playgroundApi } from './answers';
import { CHROMIUM } from './browser';
import { serve, type Site } from './server';

// Whether browsers keep the pages as they are while another one is looked at. Playwright turns that off by default.

describe.skipIf(CHROMIUM === undefined)('a page that is left and come back to', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox', '--disable-gpu'], ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    site = await serve();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test.each([
    { name: 'playground', path: '/', kind: 'fpk', ready: 'Model version 12', api: () => playgroundApi() },
    { name: 'dashboard', path: '/dashboard/', kind: 'fik', ready: 'Healthy', api: () => dashboardApi() },
  ])('the $name is restored as it was, and goes on', async ({ path, kind, ready, api }) => {
    site.api = api();
    const context = await browser.newContext({ locale: 'en' });
    const page = await context.newPage();
    await page.goto(`${site.address}${path}#key=${kind}_abcdefghijkl_${'a'.repeat(52)}`);
    await page.getByText(ready).first().waitFor();
    await page.evaluate(() => {
      (globalThis as { mark?: string }).mark = 'the document of before';
      addEventListener('pageshow', (event) => sessionStorage.setItem('restored', String(event.persisted)));
    });
    await page.goto(`${site.address}/icon.svg`);
    // a page that is restored loads nothing, so there is no event to wait for
    await page.evaluate(() => history.back()).catch(() => undefined);
    await expect.poll(() => page.url()).toContain(path);
    await page.getByText(ready).first().waitFor();
    const found = await page.evaluate(() => ({
      restored: sessionStorage.getItem('restored'),
      mark: (globalThis as { mark?: string }).mark,
      why: (performance.getEntriesByType('navigation')[0] as unknown as { notRestoredReasons?: unknown }).notRestoredReasons ?? null,
    }));
    expect(found).toEqual({ restored: 'true', mark: 'the document of before', why: null });
    const before = site.requests.length;
    await expect.poll(() => site.requests.length, { timeout: 10_000 }).toBeGreaterThan(before);
    await context.close();
  });
});
