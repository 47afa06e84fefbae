/**
 * How fast the dashboard of a running stack is: `node test/live/speed.mjs ADDRESS [SLOWED]`, the address being the one that
 * `./freshet dashboard` prints. Prints for each page, over a period of 28 days, the milliseconds from the navigation until its first
 * figures are painted, the browser's cache being empty; then, with a processor that Chromium slows down so many times (4), for each kind of
 * interaction the longest time from the input until the frame after it is painted, and the longest task: the medians of three rounds, and
 * the worst of them, which on a machine with other work is mostly that work.
 */
import { chromium } from 'playwright-core';

const [address, slowed = '4'] = process.argv.slice(2);
const { origin, hash } = new URL(address);
const PAGES = ['home', 'outcomes', 'experiments', 'content', 'model'];
/** Loads of each page, of which the median is told. */
const LOADS = 5;
const ROUNDS = 3;
/** Between two steps of the pointer, or two keys. */
const STEP_MS = 60;

const browser = await chromium.launch({ executablePath: process.env.FRESHET_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const opened = async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en', timezoneId: 'UTC' });
  return { context, page: await context.newPage() };
};
const path = (name) => `${origin}/dashboard/?period=28d${name === 'home' ? '' : `&page=${name}`}${hash}`;

/**
 * Notes when a panel with a figure is painted first, how long it takes from an input until the task after the next frame, and tasks of over
 * 50 ms. Event Timing would wait for the frame on the screen, which a browser without one may put off by a second.
 */
const watch = () => {
  window.noted = { painted: undefined, events: [], tasks: [] };
  const look = () => {
    if (window.noted.painted === undefined && document.querySelector('main figure')) {
      requestAnimationFrame(() => setTimeout(() => (window.noted.painted ??= performance.now())));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
  new PerformanceObserver((list) => window.noted.tasks.push(...list.getEntries())).observe({ type: 'longtask' });
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.splice(0).forEach((at) => window.noted.events.push(performance.now() - at));
  ['pointerdown', 'click', 'keydown', 'pointermove'].forEach((name) =>
    addEventListener(name, ({ timeStamp }) => requestAnimationFrame(() => {
      waiting.push(timeStamp);
      channel.port2.postMessage('');
    }), true));
};

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
/** One round of interactions in a new browser. */
async function live(found) {
  const { context, page } = await opened();
  await page.addInitScript(watch);
  const protocol = await context.newCDPSession(page);
  await page.goto(path('home'));
  await page.locator('main figure').first().waitFor();
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: Number(slowed) });
  const settled = async () => {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(400);
  };
  let place = '';
  const measured = async (name, act) => {
    await settled();
    await page.evaluate(() => {
      window.noted.events.length = 0;
      window.noted.tasks.length = 0;
    });
    await act();
    await settled();
    const times = await page.evaluate(() => [window.noted.events, window.noted.tasks.map((one) => one.duration)].map((all) => Math.max(0, ...all)));
    place = name.startsWith('  ') ? place : name;
    const key = name === place ? name : `${place},${name.slice(1)}`;
    found.set(key, [...(found.get(key) ?? []), times]);
  };
  const button = (name) => page.getByRole('button', { name, exact: true }).first();
  const link = (name) => page.getByRole('navigation').getByRole('link', { name, exact: true });
  /** Clicks with the mouse at the place of an element, which was found before the time is measured. */
  const clicked = async (name, element) => {
    await element.scrollIntoViewIfNeeded();
    await settled();
    const box = await element.boundingBox();
    await page.mouse.move(box.x + box.width / 2 - 1, box.y + box.height / 2);
    await measured(name, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
  };
  /** Moves the pointer over the first chart of times, and then from time to time by keys. */
  const along = async () => {
    const chart = page.locator('figure [role=slider]').first();
    if (await chart.count() === 0) {
      return;
    }
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    await measured('  along a chart', async () => {
      for (let at = 0.1; at < 0.9; at += 0.02) {
        await page.mouse.move(box.x + at * box.width, box.y + box.height / 2);
        await page.waitForTimeout(STEP_MS);
      }
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      for (let step = 0; step < 20; step++) {
        await page.keyboard.press('ArrowLeft');
        await page.waitForTimeout(STEP_MS);
      }
    });
  };
  /** Shows the numbers of the first figure, and sorts them. */
  const numbers = async () => {
    await clicked('  menu', page.getByRole('button', { name: /^More of/ }).first());
    await clicked('  numbers', page.getByRole('button', { name: /^Show (the|all) numbers$/ }).first());
    await clicked('  sorted', page.locator('th button').first());
  };

  for (const name of ['Clicks per 1,000 lists', 'Conversions per 1,000 lists', 'Gain over the holdout', 'Event to list']) {
    if (await button(name).count() > 0) {
      await clicked(`Home: ${name}`, button(name));
      await along();
    }
  }
  await numbers();
  await clicked('Home: 7 d', button('7 d'));
  await clicked('Home: 28 d', button('28 d'));
  for (const name of ['Outcomes', 'Experiments', 'Content', 'Model and flow']) {
    await clicked(`to ${name}`, link(name));
    await along();
    await numbers();
    const search = page.locator('main input[data-search]');
    if (await search.count() > 0) {
      await measured('  found', () => search.pressSequentially('election', { delay: 60 }));
    }
  }
  await clicked('to Home', link('Home'));
  await context.close();
}

try {
  console.log('first figures, ms (median of 5, without slowing)');
  for (const name of PAGES) {
    const times = [];
    for (let load = 0; load < LOADS; load++) {
      const { context, page } = await opened();
      await page.addInitScript(watch);
      await page.goto(path(name));
      times.push(await (await page.waitForFunction(() => window.noted.painted)).jsonValue());
      await context.close();
    }
    console.log(`  ${name.padEnd(24)}${Math.round(median(times))}`);
  }

  const found = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    await live(found);
  }
  console.log(`interactions, ms at a processor slowed ${slowed} times: input to paint, median and worst of ${ROUNDS}; task, median`);
  for (const [name, all] of found) {
    const of = (at) => all.map((one) => Math.round(one[at]));
    console.log(`  ${name.padEnd(40)}${String(median(of(0))).padStart(4)} ${String(Math.max(...of(0))).padStart(4)} ${String(median(of(1))).padStart(4)}`);
  }
} finally {
  await browser.close();
}
