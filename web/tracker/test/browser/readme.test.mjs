import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { KEY, userToken } from '../support/fake-api.mjs';
import { openBrowser, Site, skip } from '../support/site.mjs';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The first block of code of a language under a heading. */
const block = (heading, language, number = 0) =>
  [...README.split(`## ${heading}\n`)[1].split('\n## ')[0].matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, of]) => of === language)[number][2];

describe('the set-ups of the README', { skip }, () => {
  let browser;
  let site;
  let page;
  let errors;
  const here = (text) => text.replaceAll('https://api.example.org', site.endpoint).replaceAll('fpk_YOUR_KEY', KEY);
  const items = (type) => site.api.events(type).map((event) => event.itemId);

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    site = await Site.open();
    page = await browser.newPage();
    errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    site.close();
    assert.deepEqual(errors, []);
  });

  it('a plain page: nothing before consent, then views, lists and clicks', async () => {
    site.pages.set('/', here(block('A plain page', 'html')));
    site.pages.set('/item-2.html', '<p>Two');
    await page.goto(site.origin);
    await page.waitForSelector('freshet-recommendations [data-freshet-item=item-2] a');
    assert.equal(site.requests('POST', 'events').length, 0);
    await page.click('#agree');
    await page.reload();
    await site.until(() => items('view').includes('article-42'));
    await page.click('[data-freshet-item=item-2] a');
    await page.waitForURL('**/item-2.html');
    await page.goBack();
    await site.until(() => items('click').includes('item-2'));
  });

  it('a single-page application: views by address, a user who signs in and out, lists and likes', async () => {
    site.pages.set('/freshet-token', () => userToken('user-1', Date.now() + 900_000));
    site.pages.set(
      '/',
      `<!doctype html><title>App</title><script type="importmap">{"imports":{"@freshet/tracker":"/index.js"}}</script>
<script type="module">${here(block('A single-page application', 'js')).replaceAll('export const ', 'window.')}</script>`,
    );
    await page.goto(site.origin);
    await site.until(() => items('view').length === 1);
    const list = await page.evaluate(async () => {
      history.pushState({}, '', '/articles/article-7');
      await signedIn('user-1');
      liked('article-7');
      const answer = await recommendations();
      await freshet.flush();
      signedOut();
      liked('article-8');
      return answer;
    });
    assert.equal(list.items.length, 5);
    await site.until(() => items('like').length === 2);
    assert.deepEqual(items('view'), [undefined, 'article-7']);
    assert.deepEqual(site.api.events('like').map((event) => event.userId), ['user-1', undefined]);
    assert.deepEqual([...site.api.aliases.values()], ['user-1']);
  });

  it('the smaller bundle: views and clicks', async () => {
    site.pages.set(
      '/',
      `<!doctype html><title>App</title><script type="importmap">{"imports":{"@freshet/tracker":"/index.js"}}</script>
<script type="module">${here(block('A single-page application', 'js', 1)).replaceAll('export const ', 'window.')}</script><p data-freshet-item="item-1">One`,
    );
    await page.goto(site.origin);
    await site.until(() => items('view').length === 1);
    await page.click('p');
    await site.until(() => items('click').length === 1);
  });

  it('a list made on the server: no request for a list from the page; what was seen and clicked is reported under the id of the server', async () => {
    process.env.FRESHET_SECRET_KEY = KEY;
    const code = here(block('A list made on the server', 'js'));
    const server = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const anonymousId = server.newAnonymousId();
    const list = await server.recommendations(anonymousId);
    const asked = site.requests('POST', 'recommendations').length;
    site.pages.set('/', `<!doctype html><title>Server</title>${server.html(list, anonymousId)}`);
    site.pages.set('/item-3.html', '<p>Three');
    await page.goto(site.origin);
    await page.waitForFunction('window.freshet?.stats');
    await page.waitForTimeout(2_300);
    await page.click('text=Title of item-3');
    await page.waitForURL('**/item-3.html');
    await page.goBack();
    await site.until(() => items('click').length === 1 && site.api.events('impression').length >= 1);
    assert.equal(site.requests('POST', 'recommendations').length, asked);
    assert.ok(site.api.events().every((event) => event.anonymousId === anonymousId));
    assert.equal(site.api.events('click')[0].exposure, list.exposure);
  });
});
