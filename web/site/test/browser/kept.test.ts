import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardApi, nothing, playgroundApi, silent, type Scene } from './answers';
import { CHROMIUM, drawn, launch, open, THOROUGH, type Look } from './browser';
import { changes, outline, outlineToKeep, written, type Kept } from './outline';
import { decode, difference, encode } from './quantized';
import { serve, type Site } from './server';

// Nobody changes how a page looks without looking at it: what can be seen of each is compared with what was kept of it, and in a
// thorough run on the machine that drew the pictures, the pixels too. To keep what pages look like now: FRESHET_KEEP=true npm test -- kept,
// and look at each.

const KEPT = new URL('./kept/', import.meta.url).pathname;
const KEEP = process.env['FRESHET_KEEP'] === 'true';
const MAX_DIFFERENT = 0.005;
const MAX_BYTES = 40 * 1024;

const INSIGHTS = `fik_abcdefghijkl_${'a'.repeat(52)}`;
const PUBLISHABLE = `fpk_abcdefghijkl_${'a'.repeat(52)}`;

interface KeptPage {
  name: string;
  path: string;
  ready: string;
  look: Partial<Look>;
  /** Answers of the dashboard's routes; the playground's where left out. */
  scene?: Scene;
  before?: (page: Page) => Promise<void>;
}

const PHONE: Partial<Look> = { width: 360 };
const DARK: Partial<Look> = { theme: 'dark' };
const KEPT_PAGES: KeptPage[] = [
  { name: 'home-light', path: '/dashboard/', ready: 'from 500 lists on', look: {}, scene: {} },
  { name: 'home-dark', path: '/dashboard/', ready: 'from 500 lists on', look: DARK, scene: {} },
  { name: 'home-phone', path: '/dashboard/', ready: 'from 500 lists on', look: PHONE, scene: {} },
  { name: 'home-new', path: '/dashboard/', ready: '2 of 6 steps', look: {}, scene: { overview: nothing } },
  { name: 'home-fault', path: '/dashboard/', ready: 'The model has learned nothing', look: {}, scene: { overview: silent } },
  { name: 'outcomes-light', path: '/dashboard/?page=outcomes&placement=home', ready: 'home: by source', look: {}, scene: {} },
  { name: 'outcomes-today-phone', path: '/dashboard/?page=outcomes&placement=home&period=today', ready: 'home: over time', look: { ...PHONE, height: 2500 }, scene: {} },
  { name: 'experiments-light', path: '/dashboard/?page=experiments', ready: 'learned: difference over time', look: {}, scene: {} },
  { name: 'content-light', path: '/dashboard/?page=content', ready: 'Why no list had them', look: {}, scene: {} },
  { name: 'content-hostile-phone', path: '/dashboard/?page=content', ready: 'Why no list had them', look: PHONE, scene: { hostile: true } },
  { name: 'content-empty', path: '/dashboard/?page=content', ready: 'Every item was shown that is', look: {}, scene: { overview: nothing } },
  { name: 'model-dark', path: '/dashboard/?page=model', ready: 'What events lack', look: DARK, scene: {} },
  { name: 'user-light', path: '/dashboard/?page=user', ready: 'Some users:', look: {}, scene: { demo: true }, before: async (page) => { await page.getByRole('button', { name: 'u-1' }).click(); await page.getByText('What sources found').waitFor(); } },
  { name: 'playground-light', path: '/', ready: 'Harbour to be deepened, part 9', look: { height: 680 } },
  { name: 'playground-phone', path: '/', ready: 'Harbour to be deepened, part 9', look: PHONE },
];

/** What pictures depend on beside the pages: the browser, the system, and what its fonts and its rasterizer make of some letters. */
async function drawnBy(browser: Browser): Promise<{ chromium: string; system: string; letters: string }> {
  const page = await browser.newPage();
  const pixels = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [400, 100];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    ['15px system-ui', '600 18px system-ui', '24px monospace'].forEach((font, line) => {
      context.font = font;
      context.fillText('Freshet 0123456789 ▲▼ ¼ ½ × النهر', 0, 30 * (line + 1));
    });
    return canvas.toDataURL();
  });
  await page.close();
  return { chromium: browser.version(), system: type(), letters: createHash('sha256').update(pixels).digest('hex').slice(0, 16) };
}

describe.skipIf(CHROMIUM === undefined)('pages look as they were kept', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    browser = await launch();
    site = await serve();
    mkdirSync(KEPT, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const shown = async ({ name, path, ready, look, scene, before }: KeptPage) => {
    site.api = scene === undefined ? playgroundApi() : dashboardApi(scene);
    const opened = await open(browser, site.address + path, { name, theme: 'light', width: 1280, ...look }, scene === undefined ? PUBLISHABLE : INSIGHTS);
    const { page } = opened;
    await page.getByText(ready).first().waitFor();
    await before?.(page);
    await page.waitForLoadState('networkidle'); // some parts have a route of their own, and come later
    await page.mouse.move(0, 0);
    await page.evaluate(() => {
      scrollTo(0, 0);
      (document.activeElement as HTMLElement | null)?.blur();
    });
    await drawn(page);
    return opened;
  };
  const kept = (name: string) => JSON.parse(readFileSync(`${KEPT}${name}.json`, 'utf8')) as Kept[];

  test.for(KEPT_PAGES)('$name: texts, boxes, colours', async (state) => {
    const { page, context } = await shown(state);
    if (KEEP) {
      writeFileSync(`${KEPT}${state.name}.json`, written(await outlineToKeep(page)));
    }
    expect(changes(kept(state.name), await outline(page)).slice(0, 20)).toEqual([]);
    await context.close();
  });

  const FAULTS: { fault: string; element: string; style: [string, string]; found: RegExp }[] = [
    { fault: 'moved to the right', element: 'h1', style: ['margin-left', '9px'], found: /^h1.*: left edge was .* and is/ },
    { fault: 'moved down', element: '.page-head', style: ['transform', 'translateY(9px)'], found: /^(div\.page-head|h1).*: gap above was .* and is/ },
    { fault: 'made narrower', element: 'main figure', style: ['width', '90%'], found: /^figure.*: width was .* and is/ },
    { fault: 'hidden', element: 'main figure', style: ['visibility', 'hidden'], found: /^figure.*: there is .* in its place/ },
    { fault: 'made transparent', element: 'nav a', style: ['opacity', '0'], found: /^a.*: there is .* in its place/ },
    { fault: 'recoloured', element: 'main figure h2', style: ['color', 'rgb(90, 90, 90)'], found: /^h2.*: was .* and is rgb\(90, 90, 90\)/ },
    { fault: 'painted over', element: 'main section', style: ['background-color', 'rgb(250, 240, 240)'], found: /is .*rgb\(250, 240, 240\)|there is .* in its place/ },
    { fault: 'set in larger letters', element: '.tabs a', style: ['font-size', '17px'], found: /^a.*: was .* and is .*17px/ },
  ];
  test('an element that is moved, hidden or recoloured is noticed', async () => {
    const { page, context } = await shown(KEPT_PAGES[0] as KeptPage);
    for (const { fault, element, style: [property, value], found } of FAULTS) {
      const faulty = page.locator(element).filter({ visible: true }).first();
      await faulty.evaluate((one: HTMLElement, style) => one.style.setProperty(style.property, style.value, 'important'), { property, value });
      expect(changes(kept('home-light'), await outline(page)), fault).toContainEqual(expect.stringMatching(found));
      await page.evaluate((name) => document.querySelectorAll<HTMLElement>('[style]').forEach((one) => one.style.getPropertyPriority(name) && one.style.removeProperty(name)), property);
      await expect.poll(async () => changes(kept('home-light'), await outline(page)), { timeout: 10_000 }).toEqual([]);
    }
    await context.close();
  });

  describe.runIf(THOROUGH || KEEP)('to the pixel', () => {
    test.for(KEPT_PAGES)('$name', async (state, context) => {
      const now = await drawnBy(browser);
      if (KEEP) {
        writeFileSync(`${KEPT}drawn-by.json`, `${JSON.stringify(now)}\n`);
      }
      const then = readFileSync(`${KEPT}drawn-by.json`, 'utf8').trim();
      context.skip(then !== JSON.stringify(now), `drawn by ${then}, and this is ${JSON.stringify(now)}`);
      const { page, context: opened } = await shown(state);
      const small = encode(decode(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
      await opened.close();
      const file = `${KEPT}${state.name}.png`;
      if (KEEP) {
        writeFileSync(file, small);
      }
      expect(readFileSync(file).length).toBeLessThanOrEqual(MAX_BYTES);
      expect(difference(decode(small), decode(readFileSync(file)))).toBeLessThanOrEqual(MAX_DIFFERENT);
    });
  });
});
