import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, CHROMIUM, launch, LOADS, lookAt, LOOKS, open, overflow, PICTURES, THOROUGH } from './browser';
import { DIST, serve, type Site } from './server';

interface Published {
  paths: Record<string, Record<string, { operationId?: string; summary?: string }>>;
}

const OPERATIONS = Object.values((JSON.parse(readFileSync(join(DIST, 'openapi.json'), 'utf8')) as Published).paths)
  .flatMap((item) => Object.values(item))
  .filter((operation) => operation.operationId !== undefined);

describe.skipIf(CHROMIUM === undefined)('the reference of the API', () => {
  let browser: Browser;
  let site: Site;

  beforeAll(async () => {
    browser = await launch();
    site = await serve();
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  test.each(LOADS)('shows every operation, $names', async ({ looks }) => {
    const opened = await open(browser, `${site.address}/reference/`, looks[0]!, '');
    const recommend = opened.page.locator('[id="tag/recommendations/operation/recommend"]');
    await recommend.waitFor();
    for (const look of looks) {
      await lookAt(opened.page, look);
      await recommend.waitFor();
      const headings = await opened.page.locator('h2').allTextContents();
      for (const operation of OPERATIONS) {
        expect(headings.map((heading) => heading.trim())).toContain(operation.summary);
      }
      if (THOROUGH) {
        // the picture is of the window: the page is a hundred windows long
        await recommend.evaluate((element) => element.scrollIntoView());
        await opened.page.screenshot({ path: `${PICTURES}reference-${look.name}.png`, animations: 'disabled' });
      }
      // one run over the page takes fifteen seconds
      expect(await axe(opened.page, THOROUGH || look.name === 'light' ? 'all' : 'none'), look.name).toEqual([]);
      expect(await overflow(opened.page), look.name).toBeLessThanOrEqual(0);
    }
    expect(opened.faults).toEqual([]);
    await opened.context.close();
    expect(site.requests).toEqual([]);
  }, 180_000);

  test('finds an operation, shows its samples, and keeps nothing', async () => {
    const opened = await open(browser, `${site.address}/reference/`, LOOKS[0]!, '');
    await opened.page.getByRole('textbox').first().fill('erase');
    await opened.page.locator('[data-role="search:results"] [role="menuitem"]').first().waitFor();
    expect(await opened.page.locator('[data-role="search:results"]').textContent()).toContain('Erase a person');
    const operation = opened.page.locator('[id="tag/recommendations/operation/recommend"]');
    await operation.getByRole('tab', { name: 'curl' }).click();
    expect(await operation.getByRole('tabpanel').allTextContents()).toContainEqual(expect.stringContaining('curl --fail-with-body "$FRESHET_URL/v1/recommendations"'));
    expect(await opened.page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length)).toBe(0);
    expect(opened.faults).toEqual([]);
    await opened.context.close();
  }, 60_000);
});
