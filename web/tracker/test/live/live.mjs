/**
 * A visit to a site on a real Freshet: `node test/live/live.mjs ENDPOINT PUBLISHABLE_KEY USER USER_TOKEN CLICKS`. Prints as JSON what the visitor
 * did, for the caller to compare with what Freshet has stored.
 */
import { openBrowser, Site, sleep } from '../support/site.mjs';

const [endpoint, key, userId, token, clicks] = process.argv.slice(2);

const site = await Site.open();
site.endpoint = endpoint;
const browser = await openBrowser();
const failures = [];
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => failures.push(error.message));
  // The tracker's own requests say what it sent; what is stored is for the caller to see.
  const sent = new Map();
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/v1/events')) {
      for (const event of JSON.parse(request.postData()).events) {
        sent.set(event.eventId, { eventId: event.eventId, type: event.type, reader: event.userId ?? event.anonymousId, retracts: event.retracts });
      }
    }
  });
  const answers = [];
  page.on('response', (response) => {
    if (response.url().startsWith(endpoint)) {
      answers.push(`${response.request().method()} ${response.status()}`);
    }
  });
  const body = `<style>body{margin:0}li{height:60px}</style>
<freshet-recommendations placement="home" count="5" list="latest" fields="title,attributes.url"><template><ul><li data-freshet-item><a data-slot-href="attributes.url" data-slot="title"></a></li></ul></template><p>Nothing yet</p></freshet-recommendations>
<form data-freshet-form="letters"><button>Subscribe</button></form><div style="height:3000px"></div>
<script>document.forms[0].addEventListener('submit', (event) => event.preventDefault()); addEventListener('click', (event) => event.target.closest('a') && event.preventDefault());</script>`;
  site.pages.set('/', site.page(body, { key }, '<meta name="freshet-item" content="item-1"><script>window.rejected = []</script>').replace('freshet.init({', 'freshet.init({onRejected: (refusal) => rejected.push(refusal),'));
  await page.goto(site.origin);
  await page.waitForSelector('freshet-recommendations li');
  await sleep(2_300);
  await page.click('freshet-recommendations li:nth-child(2) a');
  await page.click('button');
  await page.mouse.wheel(0, 1_500);
  await sleep(2_500);
  await page.evaluate(async () => {
    freshet.track('like', { item: 'item-2' });
    freshet.track('rating', { item: 'item-3', value: 4 });
    freshet.track('purchase', { item: 'item-4', value: { amount: 12.5, currency: 'EUR' } });
    freshet.track('follow', { author: 'author-1' });
    await freshet.flush();
    history.pushState({}, '', '/next');
    await freshet.flush();
  });

  // The list right after a click knows it; later it is known without the page's help.
  const visit = await page.evaluate(
    async ([clicks, address, credential]) => {
      const milliseconds = [];
      let knownAtOnce = 0;
      const { anonymous: anonymousId } = JSON.parse(localStorage['freshet.id']);
      for (let i = 0; i < clicks; i++) {
        const item = `read-${i}`;
        const started = performance.now();
        freshet.track('click', { item });
        const { items } = await freshet.recommend({ placement: 'home', count: 100, fields: ['itemId'] });
        knownAtOnce += items.every((one) => one.itemId !== item);
        for (;;) {
          const response = await fetch(`${address}/v1/recommendations`, {
            method: 'POST',
            headers: { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' },
            body: JSON.stringify({ anonymousId, placement: 'home', count: 100, fields: ['itemId'] }),
          });
          const list = await response.json();
          if (list.items.every((one) => one.itemId !== item)) {
            break;
          }
          if (performance.now() - started > 30_000) {
            throw new Error(`The click on ${item} is in no list after 30 s.`);
          }
        }
        milliseconds.push(Math.round(performance.now() - started));
      }
      return { anonymousId, knownAtOnce, milliseconds };
    },
    [+clicks, endpoint, key],
  );
  await page.evaluate(
    async ([user, credential]) => {
      await freshet.identify(user, async () => credential);
      freshet.track('bookmark', { item: 'item-5' });
      await freshet.flush();
      freshet.reset();
      freshet.track('share', { item: 'item-6' });
      await freshet.flush();
    },
    [userId, token],
  );
  await sleep(300);
  const { rejected, stats } = await page.evaluate(() => ({ rejected, stats: freshet.stats() }));
  console.log(JSON.stringify({ ...visit, events: [...sent.values()], rejected, stats, failures, refusedRequests: answers.filter((answer) => !/ 2..$/.test(answer)) }));
} finally {
  await browser.close();
  site.close();
}
