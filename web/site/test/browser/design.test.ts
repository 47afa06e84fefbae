import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer, type ViteDevServer } from 'vite';
import { CHROMIUM, expectFlawless, launch, LOADS, lookAt, LOOKS, open } from './browser';
import { DIST } from './server';

const ROOT = new URL('../../', import.meta.url).pathname;

test('the page of the design is not among what is deployed', () => {
  expect(readFileSync(join(ROOT, 'src/design/main.tsx'), 'utf8')).toContain('Intervals of differences');
  expect(existsSync(join(DIST, 'design'))).toBe(false);
  const scripts = readdirSync(join(DIST, 'assets')).filter((file) => /\.(js|css)$/.test(file));
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((file) => readFileSync(join(DIST, 'assets', file), 'utf8').includes('Intervals of differences'))).toEqual([]);
});

describe.skipIf(CHROMIUM === undefined)('the page of the design, as development builds it', () => {
  let browser: Browser;
  let server: ViteDevServer;
  beforeAll(async () => {
    server = await createServer({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', server: { port: 5190, hmr: false, ws: false } });
    await server.listen();
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test.each(LOADS)('each component in all its states, $names: nothing for axe to find, nothing wider than the window, no fault', async ({ looks }) => {
    const opened = await open(browser, `${server.resolvedUrls?.local[0]}design/`, looks[0]!, '');
    const { page } = opened;
    await page.getByText('Intervals of differences').waitFor();
    await expectFlawless(opened, 'design', looks);
    await page.getByRole('button', { name: 'A menu' }).click();
    await page.getByText('What it says while it works.').waitFor();
    const [menu, button] = await Promise.all([page.locator('.menu-items:popover-open').boundingBox(), page.getByRole('button', { name: 'A menu' }).boundingBox()]);
    expect([Math.abs(menu!.y - button!.y - button!.height), Math.abs(menu!.y + menu!.height - button!.y)].some((apart) => apart < 8)).toBe(true);
    await expectFlawless(opened, 'design-menu', looks);
    await page.keyboard.press('Escape');
    await page.getByText('What it says while it works.').waitFor({ state: 'hidden' });
    await lookAt(page, looks[0] ?? LOOKS[0]!);
    await page.getByRole('button', { name: 'Open a drawer' }).click();
    await page.getByText('What is looked at beside the page.').waitFor();
    await expectFlawless(opened, 'design-drawer', looks);
    await opened.context.close();
  });
});
