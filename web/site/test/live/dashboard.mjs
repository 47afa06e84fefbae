/**
 * What the dashboard of a running stack shows: `node test/live/dashboard.mjs ADDRESS`, the address being the one that `./freshet dashboard`
 * prints. Prints as JSON the figures that are read from the pages and from a file that is downloaded, for the caller to compare with what is
 * stored.
 */
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const [address] = process.argv.slice(2);

const browser = await chromium.launch({ executablePath: process.env.FRESHET_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const failures = [];
try {
  const page = await (await browser.newContext({ acceptDownloads: true, locale: 'en', timezoneId: 'UTC' })).newPage();
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => message.type() === 'error' && failures.push(message.text()));

  const figure = (name) => page.getByRole('figure', { name });
  /** Unfolds the numbers of a figure, and returns its rows as members by the names of the columns. */
  const numbers = async (name) => {
    await figure(name).getByRole('button', { name: /^More of/ }).click();
    await figure(name).getByRole('button', { name: /^Show (the|all) numbers$/ }).click();
    const table = figure(name).getByRole('table');
    await table.waitFor();
    return table.evaluate((element) => {
      const texts = (row) => [...row.cells].map((cell) => cell.textContent);
      const [head, ...rows] = [...element.rows].map(texts);
      return rows.map((row) => Object.fromEntries(row.map((text, at) => [head[at], text])));
    });
  };
  /** A figure that is read first, and the note below it. */
  const big = async (name) => {
    const box = page.locator('.big').filter({ has: page.getByText(name, { exact: true }) });
    return { value: await box.locator('dd').first().textContent(), note: await box.locator('dd').last().textContent() };
  };
  const open = (name) => page.getByRole('navigation').getByRole('link', { name }).click();

  await page.goto(address);
  const days = await numbers('Lists clicked');

  await open('Model and flow');
  const types = await numbers('Events, by type');
  const freshness = await numbers('From event to list');

  await open('Outcomes');
  const placements = await numbers('Lists clicked, by placement');

  await open('Content');
  await figure('Never shown').waitFor();
  const shown = await big('Catalogue shown');
  const neverShown = await big('Never shown');
  await figure('Never shown').getByRole('button', { name: /^More of/ }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), figure('Never shown').getByRole('button', { name: 'Download as CSV' }).click()]);
  const file = await readFile(await download.path(), 'utf8');

  console.log(JSON.stringify({ types, freshness, days, placements, shown, neverShown, file, failures }));
} finally {
  await browser.close();
}
