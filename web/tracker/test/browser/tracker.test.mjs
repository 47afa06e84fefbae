import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { openBrowser, Site, skip, sleep } from '../support/site.mjs';

const META = '<meta name="freshet-item" content="item-1">';

describe('in a browser', { skip }, () => {
  let browser;
  let site;
  let context;
  let page;
  let errors;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    site = await Site.open();
    context = await browser.newContext();
    errors = [];
    page = await open();
  });
  afterEach(async () => {
    await context.close();
    site.close();
    assert.deepEqual(errors, [], 'errors in the page');
  });

  const open = async () => {
    const one = await context.newPage();
    one.on('pageerror', (error) => errors.push(error.message));
    return one;
  };
  const show = async (path, body, options, head) => {
    site.pages.set(path, site.page(body, options, head));
    await page.goto(site.origin + path);
  };
  const list = (items, more = '') =>
    `<ul data-freshet-exposure="${site.api.exposure(items)}">${items
      .map((item) => `<li data-freshet-item="${item}" style="height:100px"><a href="/${item}">${item}</a></li>`)
      .join('')}</ul>${more}`;
  const events = (type) => site.api.events(type);
  /** Hides the page without closing it, as changing the tab does. */
  const hide = (hidden = true) =>
    page.evaluate((is) => {
      Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => is });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, hidden);

  describe('delivery', () => {
    it('60 clicks on links that leave at once: each is in one row', async () => {
      const items = Array.from({ length: 60 }, (_, i) => `item-${i}`);
      for (let i = 0; i < 60; i++) {
        site.pages.set(`/item-${i}`, site.page(`<a data-freshet-item="item-${i + 1}" href="/item-${i + 1}">next</a>`, { auto: { dwell: false, scroll: false, impressions: false, pages: false } }));
      }
      site.pages.set('/item-60', site.page('<p>The end', { auto: false }));
      await page.goto(`${site.origin}/item-0`);
      for (let i = 0; i < 60; i++) {
        await page.click('a', { noWaitAfter: true });
        await page.waitForURL(`**/item-${i + 1}`, { waitUntil: 'domcontentloaded' });
      }
      await site.until(() => events('click').length >= 60, '60 clicks');
      assert.deepEqual(events('click').map((event) => event.itemId).sort(), [...items.slice(1), 'item-60'].sort());
      assert.deepEqual(site.api.doubled(), []);
    });

    it('a window that closes 20 ms after an event: the next page sends it', async () => {
      // Chromium lets a request wait for a long time after connections to its host have ended for windows that are closed.
      site.api.fault = () => ({ status: 503 });
      await show('/', '', { auto: false });
      const ids = [];
      for (let i = 0; i < 5; i++) {
        const popup = context.waitForEvent('page');
        await page.evaluate(() => void window.open('/'));
        const other = await popup;
        await other.waitForLoadState();
        ids.push(await other.evaluate(() => {
          const id = freshet.track('click', { item: 'item-1' });
          setTimeout(() => window.close(), 20);
          return id;
        }));
        await other.waitForEvent('close');
      }
      site.api.fault = () => undefined;
      await page.reload();
      await site.until(() => events('click').length === 5, 'the clicks');
      assert.deepEqual(events('click').map((event) => event.eventId).sort(), ids.sort());
      assert.deepEqual(site.api.doubled(), []);
    });

    it('offline and back: nothing is lost, and the return sends at once', async () => {
      await show('/', '', { auto: false });
      await context.setOffline(true);
      const ids = await page.evaluate(() => Array.from({ length: 20 }, () => freshet.track('click', { item: 'item-1' })));
      await sleep(300);
      await context.setOffline(false);
      await site.until(() => events('click').length === 20, 'the clicks', 3_000);
      assert.deepEqual(events('click').map((event) => event.eventId).sort(), ids.sort());
    });

    it('a browser process that is killed: what was written is sent by the next page', async () => {
      site.api.fault = () => ({ status: 0 });
      await show('/', '', { auto: false });
      const ids = await page.evaluate(() => Array.from({ length: 10 }, () => freshet.track('click', { item: 'item-1' })));
      await sleep(400);
      const session = await context.newCDPSession(page);
      session.send('Page.crash').catch(() => {});
      await page.waitForEvent('crash');
      await page.close();
      site.api.fault = () => undefined;
      page = await open();
      await page.clock.install({ time: Date.now() + 31_000 });
      await page.goto(site.origin);
      await page.clock.runFor(11_000);
      await site.until(() => events('click').length === 10, 'the clicks');
      assert.deepEqual(events('click').map((event) => event.eventId).sort(), ids.sort());
      assert.deepEqual(site.api.doubled(), []);
    });

    it('100 batches and 20 lists from another origin cost two preflights', async () => {
      await show('/', '', { auto: false });
      await page.evaluate(async () => {
        for (let i = 0; i < 100; i++) {
          freshet.track('click', { item: 'item-1' });
          await freshet.flush();
        }
        for (let i = 0; i < 20; i++) {
          await freshet.recommend({ placement: 'home' });
        }
      });
      assert.equal(site.requests('POST', 'events').length, 100);
      assert.equal(site.requests('POST', 'recommendations').length, 20);
      assert.equal(site.requests('OPTIONS', '').length, 2);
    });

    it('storage that the browser blocks: no error, and the events arrive', async () => {
      site.pages.set('/', site.page('', { auto: false }, `<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })</script>`));
      await page.goto(site.origin);
      await page.evaluate(() => freshet.track('click', { item: 'item-1' }));
      await site.until(() => events('click').length === 1);
    });

    it('storage filled by another script: no error, and the events arrive', async () => {
      await show('/', '', { auto: false });
      await page.evaluate(() => {
        for (let size = 2 ** 20; size >= 1; size /= 2) {
          try {
            for (let i = 0; ; i++) {
              localStorage.setItem(`other-${size}-${i}`, 'x'.repeat(size));
            }
          } catch {
            // It is full.
          }
        }
        for (let i = 0; i < 10; i++) {
          freshet.track('click', { item: 'item-1' });
        }
      });
      await site.until(() => events('click').length === 10);
    });
  });

  describe('consent', () => {
    for (const [what, options, head] of [
      ['before it is given', { consent: 'ask' }, ''],
      ['under Global Privacy Control', {}, '<script>Object.defineProperty(navigator, "globalPrivacyControl", { value: true })</script>'],
    ]) {
      it(`${what}: no request, no key in storage, no cookie`, async () => {
        site.pages.set('/', site.page(list(['item-1']), options, head));
        await page.goto(site.origin);
        await page.click('li', { position: { x: 300, y: 50 } });
        await sleep(1_500);
        assert.deepEqual(site.api.requests, []);
        assert.deepEqual(await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]), [[], [], '']);
      });
    }

    it('withdrawn in one tab, both tabs are silent and empty', async () => {
      await show('/', '', { auto: false });
      const other = await open();
      await other.goto(site.origin);
      await other.evaluate(() => freshet.track('click', { item: 'item-1' }));
      await site.until(() => events('click').length === 1);
      await page.evaluate(() => freshet.consent({ personalisation: false, analytics: false }));
      await sleep(300);
      const requests = site.api.requests.length;
      for (const one of [page, other]) {
        assert.equal(await one.evaluate(() => freshet.track('click', { item: 'item-2' })), '');
        assert.deepEqual(await one.evaluate(() => [Object.keys(localStorage), freshet.stats().queued]), [[], 0]);
      }
      await sleep(300);
      assert.equal(site.api.requests.length, requests);
    });
  });

  describe('page views', () => {
    it('one a document and one a change of path or query; not of the fragment', async () => {
      await show('/', '', {}, META);
      await page.evaluate(() => {
        history.pushState({}, '', '/two');
        history.pushState({}, '', '/two?three');
        history.pushState({}, '', '/two?three#four');
        history.replaceState({ scrolled: 1 }, '');
        history.back();
        history.back();
      });
      await page.waitForURL('**/two');
      await page.goBack();
      await page.evaluate(() => freshet.flush());
      await site.until(() => events('view').length >= 4);
      assert.deepEqual(events('view').map((event) => event.context.page.replace(site.origin, '')), ['/', '/two', '/two', '/two', '/'].slice(0, events('view').length));
      assert.equal(events('view')[0].itemId, 'item-1');
    });

    it('a page that the back button restores from the back-forward cache counts again, and nothing keeps it out of that cache', async () => {
      await show('/', '<p>One');
      site.pages.set('/two', '<!doctype html><title>Two</title><p>Two');
      await site.until(() => events('view').length === 1);
      await page.evaluate(() => { window.kept = true; });
      await page.goto(`${site.origin}/two`);
      await page.goBack();
      const { kept, reasons } = await page.evaluate(() => ({
        kept: window.kept,
        reasons: performance.getEntriesByType('navigation')[0].notRestoredReasons?.reasons ?? null,
      }));
      if (kept) {
        await site.until(() => events('view').length === 2, 'the second view');
      } else {
        // This browser did not keep the page, as headless ones under a debugger do not. The tracker must not be why.
        assert.deepEqual((reasons ?? []).map((one) => one.reason).filter((reason) => /lock|unload|fetch|request|storage|channel/.test(reason)), []);
      }
    });
  });

  describe('impressions', () => {
    it('an item counts once half of it was seen for a second: not at 49 % for long, not at 50 % for 0.9 s, once at 50 % for 1.1 s, once however often it returns', async () => {
      await page.setViewportSize({ width: 800, height: 600 });
      await page.clock.install();
      await page.clock.pauseAt(Date.now() + 60_000);
      await show('/', `<style>body{margin:0}</style><div style="height:600px"></div>${list(['item-1'], '<div style="height:2000px"></div>')}`.replace('<ul ', '<ul style="margin:0;padding:0" '));
      // Observers are told in the order in which they were made: this one after the tracker's.
      const scrollTo = (y) => page.evaluate((to) => new Promise((told) => {
        scrollTo(0, to);
        new IntersectionObserver((entries, self) => {
          self.disconnect();
          told();
        }).observe(document.body);
      }), y);
      const wait = (milliseconds) => page.clock.runFor(milliseconds);
      const count = async () => {
        await wait(1_200);
        await page.evaluate(() => freshet.flush());
        await sleep(100);
        return events('impression').length;
      };
      await scrollTo(49);
      await wait(5_000);
      await scrollTo(0);
      assert.equal(await count(), 0, '49 % for 5 s');
      await scrollTo(50);
      await wait(900);
      await scrollTo(0);
      assert.equal(await count(), 0, '50 % for 0.9 s');
      await scrollTo(50);
      await wait(1_100);
      await scrollTo(0);
      assert.equal(await count(), 1, '50 % for 1.1 s');
      for (let i = 0; i < 10; i++) {
        await scrollTo(100);
        await wait(1_500);
        await scrollTo(0);
      }
      assert.equal(await count(), 1, 'in and out ten times');
      assert.deepEqual(events('impression')[0].items, ['item-1']);
    });

    it('items seen together are one event with the exposure, later ones another; a hidden tab counts nothing', async () => {
      await page.setViewportSize({ width: 800, height: 350 });
      await show('/', list(['item-1', 'item-2', 'item-3', 'item-4', 'item-5', 'item-6']));
      await site.until(() => true);
      await sleep(2_300);
      await hide();
      await page.evaluate(() => scrollTo(0, 10_000));
      await sleep(1_500);
      const seen = events('impression');
      assert.deepEqual(seen.map((event) => event.items), [['item-1', 'item-2', 'item-3']]);
      assert.ok(seen[0].exposure);
      await hide(false);
      await sleep(2_300);
      await hide();
      await site.until(() => events('impression').length === 2);
      assert.deepEqual(events('impression')[1].items, ['item-4', 'item-5', 'item-6']);
    });

    it('items that a framework adds later are seen', async () => {
      await show('/', '<main></main>');
      await page.evaluate((html) => { document.querySelector('main').innerHTML = html; }, list(['item-1']));
      await sleep(2_300);
      await hide();
      await site.until(() => events('impression').length === 1);
    });
  });

  describe('clicks', () => {
    it('by mouse, middle button and keyboard, with the exposure of the list; the article that follows carries it', async () => {
      await show('/', `${list(['item-1', 'item-2', 'item-3'])}<script>addEventListener('click', (event) => event.stopPropagation(), true)</script>`);
      site.pages.set('/item-3', site.page('', {}, META.replace('1', '3')));
      await page.click('text=item-1', { button: 'middle' });
      await page.click('li:nth-child(2)', { position: { x: 400, y: 50 } });
      await page.focus('text=item-3');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/item-3');
      await site.until(() => events('click').length === 3 && events('view').some((event) => event.itemId === 'item-3'));
      assert.deepEqual(events('click').map((event) => event.itemId), ['item-1', 'item-2', 'item-3']);
      const exposure = events('click')[0].exposure;
      assert.ok(exposure);
      assert.ok([...events('click'), events('view').find((event) => event.itemId === 'item-3')].every((event) => event.exposure === exposure));
    });

    it('a button marked with another type reports that type', async () => {
      await show('/', '<div data-freshet-item="item-1"><button data-freshet-event="hide">Not for me</button></div>');
      await page.click('button');
      await site.until(() => events('hide').length === 1);
      assert.equal(events('click').length, 0);
    });
  });

  describe('reading', () => {
    /** Headless Chromium gives a page the focus a moment after it is shown. */
    const focused = () => page.waitForFunction(() => document.hasFocus());
    /** Moves the mouse, and waits until the page knows it. */
    const use = async () => {
      await page.evaluate(() => {
        window.moved = new Promise((done) => addEventListener('pointermove', () => done(), { once: true }));
      });
      await page.mouse.move(10, 10);
      await page.evaluate(() => window.moved);
    };

    it('seconds in use and the depth are reported when the page is hidden, once; reading on replaces them', async () => {
      await page.clock.install();
      await show('/', '<div style="height:3000px">', {}, META);
      await focused();
      await use();
      await page.clock.runFor(5_000);
      await page.evaluate(() => scrollTo(0, 900));
      await sleep(150);
      await page.clock.runFor(3_000);
      await hide();
      await site.until(() => events('dwell').length === 1 && events('scroll').length === 1);
      const [dwell] = events('dwell');
      assert.ok(dwell.value >= 7 && dwell.value <= 11, `${dwell.value} s`);
      assert.ok(events('scroll')[0].value >= 45 && events('scroll')[0].value <= 60, `${events('scroll')[0].value} %`);
      await page.clock.runFor(60_000);
      await hide(false);
      await page.clock.runFor(4_000);
      await hide();
      await page.evaluate(() => freshet.flush());
      assert.equal(events('dwell').length, 1, 'four seconds more are not worth two events');
      await hide(false);
      await page.clock.runFor(15_000);
      await hide();
      await site.until(() => events('dwell').length === 3);
      const [, retraction, whole] = events('dwell');
      assert.equal(retraction.retracts, dwell.eventId);
      assert.ok(whole.value >= dwell.value + 18 && whole.value <= dwell.value + 21, `${whole.value} s`);
    });

    it('elements of users\' content that are named as members of the document keep nothing back', async () => {
      const names = ['documentElement', 'hasFocus', 'hidden', 'prerendering', 'querySelector', 'querySelectorAll', 'referrer'];
      await page.clock.install();
      await show('/', list(['item-2'], '<div style="height:3000px">'), {}, META + names.map((name) => `<img name="${name}">`).join(''));
      assert.deepEqual(await page.evaluate((all) => all.filter((name) => !(document[name] instanceof HTMLImageElement)), names), []);
      await page.evaluate(() => scrollTo(0, 10));
      await sleep(150);
      await page.clock.runFor(5_000);
      await hide();
      await site.until(() => site.api.events().length === 4);
      assert.deepEqual(site.api.events().map(({ type, itemId, items }) => `${type} ${itemId ?? items}`).sort(), ['dwell item-1', 'impression item-2', 'scroll item-1', 'view item-1']);
      assert.ok(events('scroll')[0].value < 50, 'of the document, not of an image');
    });

    it('without any activity thirty seconds more are counted', async () => {
      await page.clock.install();
      await show('/', '', {}, META);
      await focused();
      // From here on time goes by only as the test says: how long a busy machine takes is no time of reading, and no event of the
      // browser's own falls into the ten minutes.
      await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
      await use();
      const used = await page.evaluate(() => performance.now());
      await page.clock.fastForward(600_000);
      await hide();
      await site.until(() => events('dwell').length === 1);
      const { value } = events('dwell')[0];
      assert.ok(value >= 30 && value <= 30.1 + used / 1_000, `${value} s, used at ${used} ms`);
    });
  });

  it('of media the deepest point is reported at a pause', async () => {
    await show('/', '<audio data-freshet-item="item-1"></audio>');
    await page.evaluate(() => {
      const audio = document.querySelector('audio');
      Object.defineProperties(audio, { duration: { value: 200 }, currentTime: { value: 50, writable: true } });
      for (const at of [50, 120, 30]) {
        audio.currentTime = at;
        audio.dispatchEvent(new Event('timeupdate'));
      }
      audio.dispatchEvent(new Event('pause'));
      audio.dispatchEvent(new Event('ended'));
      return freshet.flush();
    });
    assert.deepEqual(events('play').map((event) => [event.itemId, event.value]), [['item-1', 60]]);
  });

  it('a form reports its name and never what was typed: a canary in every field, the address and its fragment is in no request', async () => {
    const canary = 'canary-7f3a';
    site.pages.set('/form', site.page(`<form data-freshet-form="contact" action="/done"><input name="text"><input type="email"><input type="password"><textarea></textarea><input type="hidden" value="${canary}"><select><option>${canary}</option></select><button>Send</button></form><script>document.forms[0].addEventListener('submit', (event) => event.preventDefault())</script>`));
    await page.goto(`${site.origin}/form?q=${canary}#${canary}`);
    for (const field of await page.$$('input:not([type=hidden]),textarea')) {
      await field.fill(`${canary}@example.org`);
    }
    await page.click('button');
    await hide();
    await site.until(() => events('submit').length === 1);
    assert.deepEqual(events('submit')[0].properties, { form: 'contact' });
    assert.ok(site.api.requests.every((request) => !request.body.includes(canary)));
    assert.equal(events('view')[0].context.page, `${site.origin}/form`);
  });

  it('sharing is reported after the browser has shared, where the site wants it', async () => {
    await show('/', '<meta name="freshet-item" content="item-1">', { auto: false }, '<script>navigator.share = async () => {}</script>');
    await page.evaluate(() => navigator.share({ title: 'x' }).then(() => freshet.flush()));
    assert.equal(events('share').length, 0);
    await show('/', '<meta name="freshet-item" content="item-1">', { auto: { share: true } }, '<script>navigator.share = async () => {}</script>');
    await page.evaluate(() => navigator.share({ title: 'x' }).then(() => freshet.flush()));
    await site.until(() => events('share').length === 1);
  });

  describe('<freshet-recommendations>', () => {
    const element = (fallback, attributes = '') =>
      `<style>li,a.row{display:block;height:40px;margin:0}ul{margin:0;padding:0}</style><freshet-recommendations style="display:block" placement="home" count="5" fields="title,attributes.url,attributes.imageUrl" ${attributes}>
<template><a class="row" data-freshet-item data-slot-href="attributes.url"><span data-slot="title"></span></a></template>${fallback}</freshet-recommendations><p id="below">Below</p>`;
    const fallback = `<ul>${'<li>Most read</li>'.repeat(5)}</ul>`;
    const rows = () => page.$$eval('freshet-recommendations a', (links) => links.map((link) => [link.getAttribute('data-freshet-item'), link.getAttribute('href'), link.textContent]));

    it('shows the list in place of the fallback; the page shifts by 0.02 at most', async () => {
      site.pages.set('/', site.page(element(fallback), {}, `<script>window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value })).observe({ type: 'layout-shift', buffered: true })</script>`));
      await page.goto(site.origin);
      await page.waitForSelector('freshet-recommendations a');
      assert.deepEqual(await rows(), site.api.items.map((item) => [item, `/${item}.html`, `Title of ${item}`]));
      await sleep(300);
      const shift = await page.evaluate(() => window.shift);
      assert.ok(shift <= 0.02, `a shift of ${shift}`);
      await page.click('freshet-recommendations a', { noWaitAfter: true, modifiers: ['Control'] });
      await site.until(() => events('click').length === 1);
      assert.equal(events('click')[0].itemId, 'item-1');
      assert.ok(events('click')[0].exposure);
    });

    for (const [what, fail] of [
      ['an error', (one) => { one.api.fault = ({ method }) => (method === 'POST' ? { status: 500, body: {} } : undefined); }],
      ['an empty list', (one) => { one.api.items = []; }],
      ['no answer within three seconds', (one) => { one.hang = true; }],
    ]) {
      it(`keeps the fallback after ${what}`, async () => {
        fail(site);
        site.pages.set('/', site.page(element(fallback), { auto: false }, `<script>addEventListener('freshet:failed', () => { window.failed = true })</script>`));
        await page.goto(site.origin);
        await page.waitForFunction('window.failed', undefined, { timeout: 6_000 });
        assert.equal(await page.textContent('freshet-recommendations li'), 'Most read');
      });
    }

    it('asks nothing where the server has made the list, and reports it', async () => {
      const exposure = site.api.exposure(['item-1', 'item-2']);
      await show('/', element('<ul><li data-freshet-item="item-1">One</li><li data-freshet-item="item-2">Two</li></ul>', `data-freshet-exposure="${exposure}"`));
      await sleep(2_300);
      await hide();
      await site.until(() => events('impression').length === 1);
      assert.equal(site.requests('POST', 'recommendations').length, 0);
      assert.equal(events('impression')[0].exposure, exposure);
    });

    it('takes titles as text, and addresses only of the web', async () => {
      site.api.fault = ({ path, method }) =>
        method === 'POST' && path.endsWith('recommendations')
          ? {
              status: 200,
              body: {
                items: ['javascript:window.hacked=1', ' java\nscript:window.hacked=1', 'data:text/html,x', 'https://site.example/a:b', '/a?b:c'].map((url, i) => ({
                  itemId: `item-${i}`,
                  title: '<img src=x onerror="window.hacked=1">',
                  attributes: { url },
                })),
                exposure: 'x',
              },
            }
          : undefined;
      await show('/', element(fallback), { auto: false });
      await page.waitForSelector('freshet-recommendations a');
      assert.deepEqual((await rows()).map(([, href]) => href), [null, null, null, 'https://site.example/a:b', '/a?b:c']);
      assert.equal(await page.$('freshet-recommendations img'), null);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
    });

    it('runs under a strict content security policy with Trusted Types: nothing is reported', async () => {
      site.headers = {
        'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ${site.endpoint}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /violation`,
      };
      site.pages.set('/', `<!doctype html><meta charset="utf-8"><title>Strict</title><link rel="icon" href="data:,"><script async src="/freshet.js" data-endpoint="${site.endpoint}" data-key="fpk_test_0123456789" data-consent="granted"></script>${element(fallback).replace(/<style>.*<\/style>/, '').replace('style="display:block"', '')}`);
      await page.goto(site.origin);
      await page.waitForSelector('freshet-recommendations a');
      await page.evaluate(() => { history.pushState({}, '', '/other'); });
      await hide();
      await site.until(() => events('view').length === 2);
      await sleep(300);
      assert.deepEqual(site.violations, []);
    });
  });

  describe('cost', () => {
    /** Returns a function that tells how many seconds of the processor the page's tasks have taken. */
    async function processorTime() {
      const session = await context.newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      return async () => (await session.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value;
    }

    it('evaluating the script takes 10 ms at most of a processor four times slower (95th percentile of 20)', async (test) => {
      await show('/', '', { auto: false });
      const seconds = await processorTime();
      const source = (await (await fetch(`${site.origin}/freshet.js`)).text());
      const times = [];
      for (let i = 0; i < 20; i++) {
        const before = await seconds();
        // As the browser evaluates a script that it has loaded.
        await page.evaluate((text) => void (0, eval)(text), source);
        times.push(4_000 * ((await seconds()) - before));
      }
      const p95 = times.sort((one, other) => one - other)[18];
      test.diagnostic(`p95 ${p95.toFixed(1)} ms`);
      assert.ok(p95 <= 10, `${p95} ms`);
    });

    it('10,000 calls in a minute take 0.1 ms of the processor each at most, and each is accounted for', async (test) => {
      await show('/', '', { auto: false }, `<script>window.long = []; new PerformanceObserver((list) => list.getEntries().forEach((entry) => long.push(entry.duration))).observe({ type: 'longtask' })</script>`);
      const seconds = await processorTime();
      const before = await seconds();
      const { long, stats } = await page.evaluate(async () => {
        for (let i = 0; i < 1_000; i++) {
          for (let j = 0; j < 10; j++) {
            freshet.track('view', { item: `item-${j}` });
          }
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        return { long: window.long, stats: freshet.stats() };
      });
      const each = ((await seconds()) - before) / 10;
      test.diagnostic(`${each.toFixed(3)} ms a call, all work included; ${long.filter((duration) => duration > 50).length} long tasks (by the clock)`);
      const { queued, accepted, refused, dropped } = stats;
      assert.equal(queued + accepted + refused + dropped, 10_000);
      assert.equal(refused, 0);
      assert.ok(events().length <= 240);
      assert.ok(each <= 0.1, `${each} ms`);
    });
  });
});
