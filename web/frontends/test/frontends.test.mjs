/** The tracker in sites that others' tools made: views, clicks and lists under a policy and the tools' own routers. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openBrowser, Site, skip, sleep } from '../../tracker/test/support/site.mjs';

const PLACEHOLDER = 'https://api.freshet.invalid';
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.xml': 'application/xml' };
/** For so long a second event of one navigation is waited for. */
const SETTLED = 1_500;

/**
 * The strictest policy that the tools' pages work under: scripts of the site, and inline ones by their hash. Docusaurus and Astro write
 * style attributes and elements into pages.
 */
const policy = (html, endpoint) => {
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'", `script-src 'self' ${hashes.join(' ')}`, "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "font-src 'self' data:",
    `connect-src 'self' ${endpoint}`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].join('; ');
};

/** Serves built pages; the address of the API is put in the place of the one that they were built with. */
const serve = async (folder, endpoint) => {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url.split(/[?#]/)[0]);
    const candidates = [path, join(path, 'index.html'), `${path}.html`].map((name) => join(folder, name));
    for (const file of candidates) {
      if ((await stat(file).catch(() => undefined))?.isFile()) {
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        let body = await readFile(file);
        const headers = { 'Content-Type': type, 'Cache-Control': 'no-store' };
        if (/html|javascript/.test(type)) {
          body = body.toString('utf8').replaceAll(PLACEHOLDER, endpoint);
        }
        if (type.startsWith('text/html')) {
          headers['Content-Security-Policy'] = policy(body, endpoint);
        }
        response.writeHead(200, headers).end(body);
        return;
      }
    }
    response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

for (const { name, dist, routesItsLists } of [
  { name: 'Docusaurus', dist: '../docusaurus/build', routesItsLists: false },
  { name: 'Astro with its client router', dist: '../astro/dist', routesItsLists: true },
]) {
  describe(name, { skip }, () => {
    let browser;
    let api;
    let server;
    let page;
    const faults = [];
    const views = () => api.api.events('view');

    before(async () => {
      browser = await openBrowser();
      api = await Site.open();
      api.api.items = ['doc-second', 'doc-third', 'doc-other'];
      // The addresses of the items are pages of the site.
      const handle = api.api.handle.bind(api.api);
      api.api.handle = (request) => {
        const answer = handle(request);
        answer.body?.items?.forEach((item) => (item.attributes = { url: `/${item.itemId.replace('doc-', '')}/` }));
        return answer;
      };
      server = await serve(new URL(dist, import.meta.url).pathname, api.endpoint);
      page = await (await browser.newContext()).newPage();
      page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && !/404/.test(message.text()) && faults.push(`console: ${message.text()}`));
      await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
    });
    after(async () => {
      await browser?.close();
      server?.closeAllConnections();
      server?.close();
      api?.close();
    });

    /** Does something and returns the views that it made, once no more can come. */
    const viewsOf = async (work) => {
      const known = views().length;
      await work();
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await sleep(SETTLED);
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await sleep(300);
      return views().slice(known).map(({ itemId, context }) => [new URL(context.page).pathname.replace(/(.)\/$/, '$1'), itemId]);
    };
    const isSameDocument = () => page.evaluate(() => globalThis.marked === true);

    it('the first page is one view', async () => {
      await sleep(SETTLED);
      assert.deepEqual(views().map(({ itemId }) => itemId), [undefined]);
      await page.evaluate(() => (globalThis.marked = true));
    });

    it('each navigation of the router is one view, of the page and its item', async () => {
      const link = (path) => page.locator(`a[href^="/${path}"]:not([data-freshet-item] a)`).first();
      assert.deepEqual(await viewsOf(() => link('second').click()), [['/second', 'doc-second']]);
      assert.deepEqual(await viewsOf(() => link('third').click()), [['/third', 'doc-third']]);
      assert.deepEqual(await viewsOf(() => page.goBack()), [['/second', 'doc-second']]);
      assert.deepEqual(await viewsOf(() => page.goForward()), [['/third', 'doc-third']]);
      assert.ok(await isSameDocument(), 'no document was loaded');
    });

    it('a change of the fragment is no view', async () => {
      assert.deepEqual(await viewsOf(() => page.locator('a[href$="#part"]').first().click()), []);
    });

    it('the list of each page is filled once, and what was seen of it is reported with its token', async () => {
      const asked = () => api.requests('POST', '/v1/recommendations').length;
      const before = asked();
      await page.locator('a[href^="/second"]:not([data-freshet-item] a)').first().click();
      await page.waitForURL(/second/);
      await sleep(1_000);
      await page.locator('[data-freshet-item="doc-third"] a').scrollIntoViewIfNeeded();
      await sleep(3_000);
      assert.equal(asked() - before, 1);
      assert.deepEqual(await page.locator('freshet-recommendations [data-freshet-item]').evaluateAll((rows) => rows.map((row) => row.dataset.freshetItem)), api.api.items);
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await sleep(500);
      const seen = api.api.events('impression').at(-1);
      assert.deepEqual(seen.items, api.api.items);
      assert.equal(seen.exposure, await page.locator('freshet-recommendations').getAttribute('data-freshet-exposure'));
    });

    it('a click on the list and the view that follows count for the list', async () => {
      const exposure = await page.locator('freshet-recommendations').getAttribute('data-freshet-exposure');
      const made = await viewsOf(async () => {
        await page.locator('[data-freshet-item="doc-third"] a').click();
        await page.waitForURL(/third/);
      });
      assert.deepEqual(made, [['/third', 'doc-third']]);
      assert.equal(await isSameDocument(), routesItsLists);
      const clicks = api.api.events('click');
      assert.deepEqual(clicks.map((click) => [click.itemId, click.exposure]), [['doc-third', exposure]]);
      assert.equal(views().at(-1).exposure, exposure);
    });

    it('nothing was refused, doubled, blocked by the policy, or failed', () => {
      assert.deepEqual(api.api.refusals, []);
      assert.deepEqual(api.api.doubled(), []);
      assert.deepEqual(faults, []);
    });
  });
}
