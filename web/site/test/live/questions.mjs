/**
 * Whether the dashboard of a running stack answers an owner's questions: `node test/live/questions.mjs ADDRESS QUESTIONS`, the address
 * being the one that `./freshet dashboard` prints, and the questions `[{"question", "clicks": [name], "answers": [text]}]` as JSON. Each
 * begins on Home, clicks the links and buttons of these names, and looks for the answers. Prints `{"missing": [text], "failures": [text]}`.
 */
import { chromium } from 'playwright-core';

const [address, questions] = process.argv.slice(2);
const PATIENCE_MS = 15_000;

const browser = await chromium.launch({ executablePath: process.env.FRESHET_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const [missing, failures] = [[], []];
try {
  for (const { question, clicks, answers } of JSON.parse(questions)) {
    const context = await browser.newContext({ locale: 'en', timezoneId: 'UTC' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => failures.push(`${question}: ${error.message}`));
    await page.goto(address);
    for (const name of clicks) {
      await page.getByRole('link', { name, exact: true }).or(page.getByRole('button', { name, exact: true })).click();
    }
    for (const answer of answers) {
      await page.getByText(answer).first().waitFor().catch(async () => missing.push(`${question}: ${answer}\n${await page.getByRole('main').innerText()}`));
    }
    await context.close();
  }
  console.log(JSON.stringify({ missing, failures }));
} finally {
  await browser.close();
}
