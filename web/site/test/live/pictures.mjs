/**
 * Makes the pictures of README and docs from a running `./freshet demo --days 28`, in full colour at two pixels for each of CSS, light and
 * dark: `node test/live/pictures.mjs DASHBOARD PLAYGROUND [NAME…]`, the addresses being those that `./freshet dashboard` and the demo print;
 * all pictures where no name is given. Needs ffmpeg with libwebp. Nothing but the pages is drawn: what they show is what the demo did.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [dashboard, playground, ...names] = process.argv.slice(2);
const INTO = new URL('../../../../docs/images/', import.meta.url).pathname;
const FRAMES = mkdtempSync(join(tmpdir(), 'freshet-pictures-'));
const QUALITY = '82';

const at = (query) => {
  const { origin, hash } = new URL(dashboard);
  return `${origin}/dashboard/${query}${hash}`;
};
const webp = (into, codec, ...from) => {
  const file = join(INTO, `${into}.webp`);
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...from, '-c:v', codec, '-quality', QUALITY, '-compression_level', '6', '-fps_mode', 'vfr', '-loop', '0', file]);
  console.log(`${into}.webp: ${statSync(file).size} bytes`);
};
const still = (into, png) => webp(into, 'libwebp', '-i', png);
/** An animation of frames that stay so many seconds each; the last one is named twice, as ffmpeg takes its time else from the one before. */
const animation = (into, frames) => {
  const list = join(FRAMES, 'frames.txt');
  writeFileSync(list, [...frames.map(({ file, seconds }) => `file ${file}\nduration ${seconds}`), `file ${frames.at(-1).file}`].join('\n'));
  webp(into, 'libwebp_anim', '-f', 'concat', '-safe', '0', '-i', list);
};

const dayBefore = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Stills: where, how large, what is waited for, and what is done before. */
const STILLS = {
  'dashboard-home': { address: at(`?from=${dayBefore(28)}&to=${dayBefore(1)}`), height: 850, ready: 'Lists clicked' },
  'dashboard-content': { address: at('?page=content'), height: 800, ready: 'Demand against supply' },
  'dashboard-experiment': { address: at('?page=experiments&experiment=holdout'), height: 800, ready: 'Difference to' },
};

const browser = await chromium.launch({ executablePath: process.env.FRESHET_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const opened = async (address, theme, width, height) => {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 2, colorScheme: theme, locale: 'en', timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(address);
  return page;
};
const drawn = async (page) => {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(500);
};
const isAsked = (name) => names.length === 0 || names.includes(name);

/** A reader who opens what is first in the list, and the list after it: frames with the seconds that each stays. */
async function click(page) {
  const frames = [];
  const frame = async (seconds) => {
    const file = join(FRAMES, `${frames.length}.png`);
    await page.screenshot({ path: file, animations: 'allow' });
    frames.push({ file, seconds });
  };
  const list = page.getByRole('region', { name: 'For you' });
  const first = list.locator('ol > li button.title').first();
  await first.waitFor();
  await drawn(page);
  await frame(1.5);
  await first.hover();
  await frame(0.8);
  await first.click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(2500);
  await frame(1.8);
  // Moves of rows wait, so that each picture of them is of a known time.
  await page.evaluate(() => {
    const animate = Element.prototype.animate;
    window.moves = [];
    Element.prototype.animate = function (...how) {
      const move = animate.apply(this, how);
      move.pause();
      window.moves.push(move);
      return move;
    };
  });
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => window.moves.length > 0);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  for (let time = 0; time < 500; time += 40) {
    await page.evaluate((now) => window.moves.forEach((move) => (move.currentTime = now)), time);
    await frame(0.04);
  }
  await page.evaluate(() => window.moves.forEach((move) => move.finish()));
  await drawn(page);
  await frame(4);
  return frames;
}

try {
  for (const [name, { address, height, ready }] of Object.entries(STILLS).filter(([name]) => isAsked(name))) {
    for (const theme of ['light', 'dark']) {
      const page = await opened(address, theme, 1200, height);
      await page.getByText(ready).first().waitFor();
      await drawn(page);
      await page.screenshot({ path: join(FRAMES, 'still.png') });
      still(`${name}-${theme}`, join(FRAMES, 'still.png'));
      await page.context().close();
    }
  }
  if (isAsked('playground')) {
    for (const theme of ['light', 'dark']) {
      const page = await opened(playground, theme, 1200, 820);
      const frames = await click(page);
      still(`playground-${theme}`, frames.at(-1).file);
      if (theme === 'light') {
        animation('playground-click', frames);
      }
      await page.context().close();
    }
  }
} finally {
  await browser.close();
}
