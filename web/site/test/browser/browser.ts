// Headless Chromium for tests. Where there is none, the browser tests are skipped by name.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { NOW } from './answers';

const PLACES = [process.env['FRESHET_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const CHROMIUM = PLACES.find((place): place is string => place !== undefined && existsSync(place));

/** Whether what takes long runs too: the whole of each test, as `-Pthorough` of the build asks for. */
export const THOROUGH = process.env['FRESHET_THOROUGH'] === 'true';

/** Where the pictures of pages are written. */
export const PICTURES = new URL('../../../target/pictures/', import.meta.url).pathname;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox', '--disable-gpu'] });

export interface Look {
  name: string;
  theme: 'light' | 'dark';
  width: number;
  /** 900 where left out. */
  height?: number;
}

/** How each page and state is looked at. */
export const LOOKS: readonly Look[] = [
  { name: 'light', theme: 'light', width: 1280 },
  { name: 'dark', theme: 'dark', width: 1280 },
  { name: 'phone', theme: 'light', width: 360 },
];

/** The looks that one loaded page is examined in: all, where a thorough run loads it for each. */
export const LOADS = (THOROUGH ? LOOKS.map((look) => [look]) : [LOOKS]).map((looks) => ({ looks, names: looks.map(({ name }) => name).join(', ') }));

export interface Opened {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page: exceptions, errors in the console, violations of the security policy, requests to other hosts. */
  faults: string[];
}

/**
 * Opens a new context with a fixed time zone, in which everything that goes wrong is written down. Its clock stands still,
 * though timers run, unless it is to be moved by the test or to run as usual.
 */
export async function open(browser: Browser, address: string, look: Look, key: string, clock: 'fixed' | 'moved' | 'running' = 'fixed'): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height ?? 900 }, colorScheme: look.theme, locale: 'en', timezoneId: 'UTC', reducedMotion: 'reduce',
  });
  if (clock === 'fixed') {
    await context.clock.setFixedTime(NOW);
  } else if (clock === 'moved') {
    await context.clock.install({ time: NOW });
  }
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (failure) => faults.push(`exception: ${failure.message}`));
  page.on('console', (message) => {
    // answers of the API that are no success are part of some tests
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(address).origin) && !/^(data|blob):/.test(request.url())) {
      faults.push(`other host: ${request.url()}`);
    }
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(key === '' ? address : `${address}#key=${key}`);
  return { page, context, faults };
}

/**
 * Opens an address as a new visitor in a page that is there, which takes half the time of a new one; in a thorough run in a new one. Of a page
 * that is left nothing is kept but the cache of files and the clock.
 */
export async function openAgain(browser: Browser, last: Opened | undefined, address: string, look: Look, key: string): Promise<Opened> {
  if (last === undefined || THOROUGH) {
    await last?.context.close();
    return open(browser, address, look, key);
  }
  const { page, faults } = last;
  await page.evaluate(() => [sessionStorage, localStorage].forEach((storage) => storage.clear()));
  await page.goto('about:blank');
  faults.length = 0;
  await page.setViewportSize({ width: look.width, height: look.height ?? 900 });
  await page.emulateMedia({ colorScheme: look.theme });
  await page.goto(`${address}#key=${key}`);
  return last;
}

/** Waits until a page has been laid out and drawn as it now is. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) {
      await new Promise((done) => requestAnimationFrame(done));
    }
  });

/** Writes a picture of the whole page. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true, animations: 'disabled' });
}

/** Which rules of axe are asked, of those for WCAG 2.2 AA and good practice. */
export type Rules = 'all' | 'contrast' | 'none';

/** What a look is examined for beside the light one: the dark one has its elements in other colours, and the phone both in other places. */
export const rulesOf = (look: Look): Rules => (THOROUGH || look.name === 'light' ? 'all' : look.theme === 'dark' ? 'contrast' : 'none');

/** Returns what axe finds, as one line for each element. */
export async function axe(page: Page, rules: Rules = 'all'): Promise<string[]> {
  if (rules === 'none') {
    return [];
  }
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(AXE);
  }
  return page.evaluate(async (asked) => {
    const found = await (globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run({
      resultTypes: ['violations'],
      preload: false,
      runOnly: asked === 'contrast' ? { type: 'rule', values: ['color-contrast'] } : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`));
  }, rules);
}

/** Returns by how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Returns rows of charts and lists of which two parts overlap, or a part of which is wider than its place. */
export const overlapping = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const row of document.querySelectorAll('.bars li, .marks li, .ratios li, .stacked li, .told li, .rows li, .checks li, .attention > div, .list li, .figures > div')) {
      const parts = [...row.children].filter((part) => getComputedStyle(part).position === 'static').map((part) => ({ text: part.textContent ?? '', box: part.getBoundingClientRect() }));
      const own = row.getBoundingClientRect();
      for (const [at, one] of parts.entries()) {
        const others = parts.slice(at + 1).filter((other) => Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 1 && Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 1);
        found.push(...others.map((other) => `“${one.text.slice(0, 60)}” over “${other.text.slice(0, 60)}”`));
        if (one.box.right > own.right + 1) {
          found.push(`“${one.text.slice(0, 60)}” leaves its row`);
        }
      }
    }
    return found;
  });

/** Changes the size of the window and the theme of the system, and waits until the page has been drawn so. */
export async function lookAt(page: Page, look: Look): Promise<void> {
  await page.setViewportSize({ width: look.width, height: look.height ?? 900 });
  await page.emulateMedia({ colorScheme: look.theme });
  await drawn(page);
}

/** Expects in each look nothing for axe to find, nothing wider than the window, nothing that overlaps, and no fault; a thorough run writes a picture. */
export async function expectFlawless(opened: Opened, name: string, looks: readonly Look[]): Promise<void> {
  const { page } = opened;
  for (const look of looks) {
    await lookAt(page, look);
    if (THOROUGH) {
      await picture(page, `${name}-${look.name}`);
    }
    expect(await axe(page, rulesOf(look)), look.name).toEqual([]);
    expect(await overflow(page), look.name).toBeLessThanOrEqual(0);
    expect(await overlapping(page), look.name).toEqual([]);
  }
  expect(opened.faults).toEqual([]);
}
