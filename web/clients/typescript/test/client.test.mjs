import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Freshet, FreshetProblem, QueueFull } from '../dist/index.js';

const fetched = globalThis.fetch;
afterEach(() => (globalThis.fetch = fetched));

/** Answers requests by a function of the parsed body, in place of the network; returns the requests. */
function answering(answer) {
  const requests = [];
  globalThis.fetch = async (url, { method, headers, body }) => {
    const request = { method, url, headers, body: body && JSON.parse(body), at: performance.now() };
    requests.push(request);
    const [status, content, more = {}] = answer(request, requests.length);
    return new Response(content === undefined ? null : JSON.stringify(content), { status, headers: more });
  };
  return requests;
}

const client = (options) =>
  new Freshet({ endpoint: 'http://test', key: 'fsk_test', firstPause: 1, longestPause: 2_000, flushInterval: 5, ...options });
const view = (itemId) => ({ type: 'view', userId: 'u-1', itemId });
const taken = ({ body }) => [202, { accepted: body.events.length, rejected: [], receivedAt: '2026-01-01T00:00:00Z' }];
const problem = (status, code, more) => [status, { type: 'about:blank', title: 'T', status, code, detail: 'Do this.', ...more }];

test('an event keeps the id and the time that it got when it was added', async () => {
  const requests = answering((request, count) => (count < 3 ? problem(503, 'store-unavailable') : taken(request)));
  const { events } = client();

  const id = events.add(view('a'));

  assert.equal(await events.flush(), 0);
  assert.equal(requests.length, 3);
  assert.equal(new Set(requests.map(({ body }) => JSON.stringify(body.events))).size, 1);
  assert.equal(requests[0].body.events[0].eventId, id);
  assert.equal(requests[0].headers.Authorization, 'Bearer fsk_test');
});

test('a full queue refuses an event, and closing returns what was not taken', async () => {
  answering(() => problem(503, 'store-unavailable'));
  const { events } = client({ maxQueued: 2 });

  events.add(view('a'));
  events.add(view('b'));

  assert.throws(() => events.add(view('c')), QueueFull);
  assert.deepEqual((await events.close(20)).map(({ itemId }) => itemId), ['a', 'b']);
  assert.throws(() => events.add(view('d')), /closed/);
});

test('events wait for as long as Retry-After says', async () => {
  const requests = answering((request, count) => (count === 1 ? [...problem(429, 'overloaded'), { 'Retry-After': '0.3' }] : taken(request)));
  const { events } = client();

  events.add(view('a'));

  assert.equal(await events.flush(), 0);
  assert.ok(requests[1].at - requests[0].at >= 295, `${requests[1].at - requests[0].at} ms`);
});

test('what was not stored is sent again before what follows, and a refused event is reported', async () => {
  const refused = [];
  const requests = answering((request, count) =>
    count === 1
      ? problem(503, 'events-not-stored', { accepted: 1, notStored: [1, 3], rejected: [{ index: 2, code: 'unknown-type', detail: 'None.' }] })
      : taken(request),
  );
  const { events } = client({ batchSize: 4, onRejected: ({ itemId }, { code }) => refused.push([itemId, code]) });

  ['a', 'b', 'c', 'd', 'e'].forEach((item) => events.add(view(item)));

  assert.equal(await events.flush(), 0);
  assert.deepEqual(requests.map(({ body }) => body.events.map(({ itemId }) => itemId).join('')), ['abcd', 'bde']);
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(refused, [['c', 'unknown-type']]);
});

test('a request that is refused as a whole is halved until the event to blame is alone', async () => {
  const refused = [];
  const accepted = [];
  const requests = answering((request) => {
    if (request.body.events.some(({ itemId }) => itemId === '37')) {
      return problem(400, 'bad-body');
    }
    accepted.push(...request.body.events.map(({ itemId }) => itemId));
    return taken(request);
  });
  const { events } = client({ onRejected: ({ itemId }, { code }) => refused.push([itemId, code]) });

  const items = Array.from({ length: 100 }, (_, index) => `${index}`);
  items.forEach((item) => events.add(view(item)));

  assert.equal(await events.flush(), 0);
  assert.deepEqual(accepted, items.filter((item) => item !== '37'));
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(refused, [['37', 'bad-body']]);
  assert.ok(requests.length < 30, `${requests.length} requests`);
});

test('a call is repeated after a temporary failure, and not after a refusal', async () => {
  const requests = answering(({ url }, count) => (/items/.test(url) ? problem(404, 'unknown-item') : count === 1 ? problem(500, 'failed') : [200, { items: [] }]));

  assert.deepEqual(await client().recommend({ userId: 'u-1' }), { items: [] });
  assert.equal(requests.length, 2);
  await assert.rejects(client().getItem('a/b c'), (error) => error instanceof FreshetProblem && error.status === 404 && error.code === 'unknown-item' && /Do this/.test(error.message));
  assert.equal(requests.length, 3);
  assert.equal(requests[2].url, 'http://test/v1/items/a%2Fb%20c');
});

test('a call that is never answered fails with a problem', async () => {
  globalThis.fetch = async () => {
    throw new TypeError('reset');
  };

  await assert.rejects(client({ retries: 1 }).listRules(), (error) => error.status === 0 && error.code === 'no-answer' && error.isTemporary);
});

test('parameters are encoded, and a condition is sent as JSON', async () => {
  const requests = answering(() => [200, { items: [] }]);

  await client().similarItems('a', { count: 3, filter: { field: 'type', is: 'song' } });

  assert.equal(requests[0].url, `http://test/v1/items/a/similar?count=3&filter=${encodeURIComponent('{"field":"type","is":"song"}')}`);
});
