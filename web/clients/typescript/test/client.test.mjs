import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Freshet, FreshetProblem, QueueFull } from '../dist/index.js';

const fetched = globalThis.fetch;
afterEach(() => (globalThis.fetch = fetched));

/** Answers requests by a function of the parsed body, in place of the network; returns the requests. */
function answering(answer) {
  const requests = [];
  globalThis.fetch = async (url, { method, headers, body, redirect }) => {
    const request = { method, url, headers, redirect, body: body && JSON.parse(body), at: performance.now() };
    requests.push(request);
    const [status, content, more = {}] = answer(request, requests.length);
    return new Response(typeof content === 'string' ? content : JSON.stringify(content), { status, headers: more });
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

/** Answers after which all events are kept, and sent again after a pause. */
const UNSETTLED = [
  ['a page of another server', 200, '<html>'],
  ['JSON of another server', 200, { accepted: 2 }],
  ['a 202 without a number', 202, { accepted: '2' }],
  ['an empty 202', 202, ''],
  ['a 202 of null', 202, null],
  ['a redirection', 302, '', { Location: 'http://test/elsewhere' }],
  ['a 400 of another server', 400, '<html>'],
  ['a 413 of another server', 413, { message: 'Too large' }],
  ['a 403 of the credential', ...problem(403, 'forbidden')],
  ['a 503 of null', 503, null],
  ['indexes that are none', ...problem(503, 'events-not-stored', { notStored: ['a', -1, 2, null], rejected: null })],
];

for (const [name, ...answer] of UNSETTLED) {
  test(`events are kept and sent again after a pause: ${name}`, async () => {
    const refused = [];
    const problems = [];
    const requests = answering((request, count) => (count === 1 ? answer : taken(request)));
    const { events } = client({ firstPause: 30, random: () => 1, onRejected: (event) => refused.push(event), onRetry: (problem) => problems.push(problem) });

    events.add(view('a'));
    events.add(view('b'));

    assert.equal(await events.flush(), 0);
    assert.equal(requests.length, 2);
    assert.deepEqual(requests[1].body.events, requests[0].body.events);
    assert.ok(requests[1].at - requests[0].at >= 25, `${requests[1].at - requests[0].at} ms`);
    assert.equal(problems.length, 1);
    assert.deepEqual(refused, []);
    assert.equal(requests[0].redirect, 'manual');
  });
}

for (const rejected of [null, 'all', [null, {}, { index: -1 }, { index: 2 }, { index: 'length' }]]) {
  test(`an answer settles events though its rejections are ${JSON.stringify(rejected)}`, async () => {
    const requests = answering(() => [202, { accepted: 2, rejected }]);
    const { events } = client({ onRejected: () => assert.fail() });

    events.add(view('a'));
    events.add(view('b'));

    assert.equal(await events.flush(), 0);
    assert.equal(requests.length, 1);
  });
}

for (const code of ['not-your-user', 'not-your-anonymous-id']) {
  test(`one event of ${code} does not hold up the others`, async () => {
    const refused = [];
    const stored = [];
    answering((request) => {
      if (request.body.events.some(({ itemId }) => itemId === 'c')) {
        return problem(403, code);
      }
      stored.push(...request.body.events.map(({ itemId }) => itemId));
      return taken(request);
    });
    const { events } = client({ onRejected: ({ itemId }, why) => refused.push([itemId, why.code]) });

    ['a', 'b', 'c', 'd'].forEach((item) => events.add(view(item)));

    assert.deepEqual(await events.close(), []);
    assert.deepEqual(stored, ['a', 'b', 'd']);
    assert.deepEqual(refused, [['c', code]]);
  });
}

test('events that are refused one by one are refused with a pause between', async () => {
  const requests = answering(() => problem(400, 'bad-body'));
  const { events } = client({ batchSize: 1, firstPause: 20, longestPause: 20, random: () => 1, onRejected: () => {} });

  ['a', 'b', 'c'].forEach((item) => events.add(view(item)));

  assert.equal(await events.flush(), 0);
  assert.ok(requests[2].at - requests[0].at >= 35, `${requests[2].at - requests[0].at} ms`);
});

test('a Retry-After of years makes events wait, without spinning', async () => {
  const requests = answering(() => [...problem(503, 'store-unavailable'), { 'Retry-After': '1e300' }]);
  let retryAfter;
  const { events } = client({ onRetry: (problem) => (retryAfter = problem.retryAfter) });

  events.add(view('a'));

  assert.equal(await events.flush(40), 1);
  assert.equal(retryAfter, 86_400);
  assert.equal(requests.length, 1);
  assert.equal((await events.close(1)).length, 1);
});

test('a flush of unlimited time ends when the queue is empty', async () => {
  answering((request, count) => (count < 5 ? problem(503, 'store-unavailable') : taken(request)));
  const { events } = client({ timeout: Infinity });

  events.add(view('a'));

  assert.equal(await events.flush(Infinity), 0);
});

test('the queue goes on after an error of the application', async (context) => {
  const printed = context.mock.method(console, 'error', () => {});
  answering((request, count) => (count === 1 ? problem(503, 'store-unavailable') : [202, { accepted: 0, rejected: [{ index: 0, code: 'unknown-type', detail: 'None.' }] }]));
  const fails = () => {
    throw new Error('of the application');
  };
  let draws = 0;
  const { events } = client({ longestPause: 5, random: () => (draws++ ? 0 : fails()), onRetry: fails, onRejected: async () => fails() });

  events.add(view('a'));

  assert.equal(await events.flush(), 0);
  assert.equal(printed.mock.callCount(), 3);
});

test('an event that the application adds again is sent with its id, as it was when it was added', async () => {
  const requests = answering((request, count) => (count === 1 ? [202, { accepted: 0, rejected: [{ index: 0, code: 'rate-exceeded', detail: 'None.' }] }] : taken(request)));
  const { events } = client({ batchSize: 1, onRejected: (event) => events.add(event) });
  const event = { ...view('a'), eventId: undefined };

  const id = events.add(event);
  event.itemId = 'b';

  assert.equal(await events.flush(), 0);
  assert.equal(requests.length, 2);
  assert.equal(requests[1].body.events[0].eventId, id);
  assert.equal(requests[1].body.events[0].itemId, 'a');
  assert.deepEqual(requests[1].body.events, requests[0].body.events);
});

test('a key is sent without the line end of its file, and one that no header takes is never shown', async () => {
  const requests = answering(() => [200, {}]);
  await client({ key: 'fsk_test\n' }).listRules();
  assert.equal(requests[0].headers.Authorization, 'Bearer fsk_test');

  for (const key of ['fsk_secret\nX', 'fsk_secret ☃', '']) {
    const sentence = (error) => /^key is a text/.test(error.message) && !/secret/.test(error.message);
    assert.throws(() => client({ key }), sentence);
    await assert.rejects(client({ key: async () => key }).listRules(), sentence);
  }
});

for (const [name, ...values] of [['batchSize', 0, 501, 1.5], ['maxQueued', 0, NaN], ['retries', -1], ...['timeout', 'firstPause', 'longestPause', 'flushInterval'].map((time) => [time, 0, -1, NaN])]) {
  test(`${name} cannot be ${values.join(' or ')}`, () => {
    values.forEach((value) => assert.throws(() => client({ [name]: value }), new RegExp(`^TypeError: ${name} is`)));
  });
}
