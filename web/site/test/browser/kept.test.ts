import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardApi, nothing, playgroundApi, silent, type Scene } from './answers';
import { CHROMIUM, launch, open, PICTURES, type Look } from './browser';
import { decode, difference, encode } from './quantized';
import { serve, type Site } from './server';

// Pictures of pages are compared with kept ones, so that nobody changes how a page looks without looking at it. To keep new
// ones: FRESHET_KEEP=true npm test -- kept, and look at each.

const KEPT = new URL('./kept/', import.meta.url).pathname;
const KEEP = process.env['FRESHET_KEEP'] === 'true';
const MOST_DIFFERENT = 0.005;
const MOST_BYTES = 40 * 1024;

const INSIGHTS = `fik_abcdefghijkl_${'a'.repeat(52)}`;
const PUBLISHABLE = `fpk_abcdefghijkl_${'a'.repeat(52)}`;

interface Kept {
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
const KEPT_PAGES: Kept[] = [
  { name: 'now-light', path: '/dashboard/', ready: 'Where lists come from', look: {}, scene: {} },
  { name: 'now-dark', path: '/dashboard/', ready: 'Where lists come from', look: DARK, scene: {} },
  { name: 'now-phone', path: '/dashboard/', ready: 'Where lists come from', look: PHONE, scene: {} },
  { name: 'now-fault', path: '/dashboard/', ready: 'The model has learned nothing', look: {}, scene: { overview: silent } },
  { name: 'outcomes-light', path: '/dashboard/?page=outcomes&placement=home', ready: 'home: by source', look: {}, scene: {} },
  { name: 'outcomes-hours-phone', path: '/dashboard/?page=outcomes&placement=home', ready: 'home: by hour', look: { ...PHONE, height: 2500 }, scene: {} },
  { name: 'experiments-light', path: '/dashboard/?page=experiments', ready: 'learned: difference over time', look: {}, scene: {} },
  { name: 'content-light', path: '/dashboard/?page=content', ready: 'Shown in vain', look: {}, scene: {} },
  { name: 'content-hostile-phone', path: '/dashboard/?page=content', ready: 'Shown in vain', look: PHONE, scene: { hostile: true } },
  { name: 'content-empty', path: '/dashboard/?page=content', ready: 'Every item was shown that is', look: {}, scene: { overview: nothing } },
  { name: 'model-dark', path: '/dashboard/?page=model', ready: 'What events lack', look: DARK, scene: {} },
  { name: 'user-light', path: '/dashboard/?page=user', ready: 'Some users:', look: {}, scene: { demo: true }, before: async (page) => { await page.getByRole('button', { name: 'u-1' }).click(); await page.getByText('What sources found').waitFor(); } },
  { name: 'playground-light', path: '/', ready: 'Harbour to be deepened, part 9', look: { height: 680 } },
  { name: 'playground-phone', path: '/', ready: 'Harbour to be deepened, part 9', look: PHONE },
];

/** What pictures depend on beside the pages: the major version of Chromium, and the widths of texts in the pages' fonts. */
async function drawnBy(browser: Browser): Promise<{ chromium: string; widths: number[] }> {
  const page = await browser.newPage();
  const widths = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    return ['15px system-ui', '600 18px system-ui', '24px Georgia, "Times New Roman", "DejaVu Serif", serif'].map((font) => {
      context.font = font;
      return Math.round(100 * context.measureText('Freshet 0123456789 ▲▼ ¼ ½ × النهر').width) / 100;
    });
  });
  await page.close();
  return { chromium: browser.version().split('.')[0] as string, widths };
}

describe.skipIf(CHROMIUM === undefined)('pages look as they were kept', () => {
  let browser: Browser;
  let site: Site;
  let otherwise = '';
  beforeAll(async () => {
    browser = await launch();
    site = await serve();
    mkdirSync(KEPT, { recursive: true });
    const now = await drawnBy(browser);
    if (KEEP) {
      writeFileSync(`${KEPT}drawn-by.json`, `${JSON.stringify(now)}\n`);
    }
    const then = JSON.parse(readFileSync(`${KEPT}drawn-by.json`, 'utf8')) as typeof now;
    otherwise =
      then.chromium !== now.chromium
        ? `kept with Chromium ${then.chromium}, this is ${now.chromium}`
        : then.widths.join() !== now.widths.join()
          ? `kept with other fonts: texts were ${then.widths.join(', ')} pixels wide and are ${now.widths.join(', ')}`
          : '';
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test.for(KEPT_PAGES)('$name', async ({ name, path, ready, look, scene, before }, context) => {
    site.api = scene === undefined ? playgroundApi() : dashboardApi(scene);
    const opened = await open(browser, site.address + path, { name, theme: 'light', width: 1280, ...look }, scene === undefined ? PUBLISHABLE : INSIGHTS);
    const { page } = opened;
    await page.getByText(ready).first().waitFor();
    await before?.(page);
    await page.mouse.move(0, 0);
    await page.evaluate(async () => {
      scrollTo(0, 0);
      (document.activeElement as HTMLElement | null)?.blur();
      await document.fonts.ready;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
    const small = encode(decode(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
    await opened.context.close();
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(`${PICTURES}kept-${name}.png`, small);
    if (KEEP) {
      writeFileSync(`${KEPT}${name}.png`, small);
    }
    const file = `${KEPT}${name}.png`;
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file).length).toBeLessThanOrEqual(MOST_BYTES);
    context.skip(otherwise !== '', otherwise);
    expect(difference(decode(small), decode(readFileSync(file)))).toBeLessThanOrEqual(MOST_DIFFERENT);
  });
});
