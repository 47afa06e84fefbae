import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problem, userToken } from '../support/fake-api.mjs';
import { randomBySeed, World } from '../support/world.mjs';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Each event of the script is in exactly one row, and there is no other row. */
const assertOnce = (world, ids) => {
  assert.deepEqual(world.api.doubled(), []);
  const stored = world.api.events().map((event) => event.eventId);
  assert.deepEqual(stored.sort(), [...ids].sort());
};

const down = () => ({ before: true });

describe('what was tracked is stored once', () => {
  it('when nothing fails', async () => {
    const world = new World();
    const { freshet } = world.open();
    const ids = ['view', 'click', 'like'].map((type) => freshet.track(type, { item: 'item-1' }));
    await world.pass(10 * SECOND);
    assertOnce(world, ids);
    assert.deepEqual({ ...freshet.stats() }, { queued: 0, accepted: 3, refused: 0, dropped: 0 });
    assert.deepEqual(world.queues, []);
  });

  it('when the network is away for five minutes', async () => {
    const world = new World();
    const tab = world.open();
    world.network = down;
    const ids = [];
    for (let i = 0; i < 30; i++) {
      ids.push(tab.freshet.track('click', { item: 'item-1' }));
      await world.pass(10 * SECOND);
    }
    world.network = () => ({});
    tab.dispatch('online');
    await world.pass(2 * SECOND);
    assertOnce(world, ids);
  });

  it('when every answer is lost for a minute', async () => {
    const world = new World();
    const { freshet } = world.open();
    world.network = () => ({ after: true });
    const ids = [freshet.track('click', { item: 'item-1' }), freshet.track('purchase', { item: 'item-2' })];
    await world.pass(MINUTE);
    world.network = () => ({});
    await world.pass(10 * MINUTE);
    assertOnce(world, ids);
    assert.ok([...world.api.rows.values()].some((row) => row.times > 1), 'the events were sent again');
  });

  it('when the stream does not take some events', async () => {
    const world = new World();
    const { freshet } = world.open();
    let failing = 3;
    world.api.notStored = (events) => (failing-- > 0 ? events.map((_, index) => index).filter((index) => index % 2) : []);
    const ids = Array.from({ length: 40 }, () => freshet.track('click', { item: 'item-1' }));
    await world.pass(5 * MINUTE);
    assertOnce(world, ids);
  });

  it('when two tabs send a hundred events each and one is closed midway', async () => {
    const world = new World();
    const [one, other] = [world.open(), world.open()];
    const ids = [];
    for (let i = 0; i < 100; i++) {
      ids.push(one.freshet.track('view', { item: `item-${i}` }));
      if (i < 50) {
        ids.push(other.freshet.track('view', { item: `item-${i}` }));
      } else if (i === 50) {
        other.close();
      }
      await world.pass(100);
    }
    await world.pass(2 * MINUTE);
    assertOnce(world, ids);
  });

  it('when a page leaves at once after each click', async () => {
    const world = new World();
    const ids = [];
    for (let i = 0; i < 200; i++) {
      const tab = world.open();
      ids.push(tab.freshet.track('click', { item: `item-${i}` }));
      await world.pass(world.random() * 20);
      world.network = () => ({ before: world.random() < 0.5 });
      tab.close();
      await world.pass(SECOND);
    }
    world.network = () => ({});
    world.open();
    await world.pass(5 * MINUTE);
    assertOnce(world, ids);
  });

  for (let seed = 1; seed <= 25; seed++) {
    it(`whatever fails, seed ${seed}`, async () => {
      const world = new World(seed);
      const random = randomBySeed(seed + 1000);
      const ids = new Set();
      const young = [];
      world.network = () => ({ before: random() < 0.2, after: random() < 0.2, delay: random() * 3 * SECOND });
      world.api.fault = ({ method }) =>
        method === 'POST' && random() < 0.15
          ? [problem(429, 'overloaded', {}, { 'Retry-After': '2' }), problem(500, 'failed'), problem(504, 'timeout')][
              Math.floor(random() * 3)
            ]
          : undefined;
      world.api.notStored = (events) => events.map((_, index) => index).filter(() => random() < 0.1);
      let tabs = [];
      for (let step = 0; step < 120; step++) {
        const chance = random();
        if (!tabs.length || chance < 0.1) {
          tabs.push({ tab: world.open(), made: [] });
        }
        const one = tabs[Math.floor(random() * tabs.length)];
        if (chance > 0.95) {
          // What a killed page did not write yet is lost, and nothing else.
          one.made.filter(([, at]) => world.time - at < 250).forEach(([id]) => young.push(id));
          one.tab.kill();
        } else if (chance > 0.88) {
          one.tab.close();
        } else {
          const id = one.tab.freshet.track(random() < 0.5 ? 'click' : 'view', { item: 'item-1' });
          ids.add(id);
          one.made.push([id, world.time]);
        }
        tabs = tabs.filter(({ tab }) => !tab.closed);
        await world.pass(random() * 2 * SECOND);
      }
      tabs.forEach(({ tab }) => tab.close());
      world.network = () => ({});
      world.api.fault = () => undefined;
      world.api.notStored = () => [];
      world.open();
      await world.pass(30 * MINUTE);
      const stored = new Set(world.api.events().map((event) => event.eventId));
      young.filter((id) => !stored.has(id)).forEach((id) => ids.delete(id));
      assertOnce(world, ids);
    });
  }
});

describe('each answer is acted on', () => {
  it('429 is heeded to the second', async () => {
    const world = new World();
    world.api.fault = () => problem(429, 'overloaded', {}, { 'Retry-After': '30' });
    const { freshet } = world.open();
    const id = freshet.track('click', { item: 'item-1' });
    await world.pass(29 * SECOND);
    assert.equal(world.api.requests.length, 1);
    world.api.fault = () => undefined;
    await world.pass(10 * SECOND);
    assertOnce(world, [id]);
  });

  it('an event that makes a whole request fail is found, dropped and told', async () => {
    const world = new World();
    world.api.fault = ({ body }) => (body?.includes('poison') ? problem(400, 'not-json') : undefined);
    const { freshet, rejected } = world.open();
    const ids = Array.from({ length: 15 }, (_, i) => freshet.track('click', { item: i === 7 ? 'poison' : `item-${i}` }));
    await world.pass(MINUTE);
    assertOnce(world, ids.filter((_, i) => i !== 7));
    assert.deepEqual(rejected.map((refusal) => refusal.eventId), [ids[7]]);
    assert.equal(rejected[0].code, 'not-json');
  });

  it('a key that is refused altogether does not make a storm of requests', async () => {
    const world = new World();
    world.api.fault = () => problem(403, 'foreign-origin');
    const { freshet } = world.open();
    Array.from({ length: 100 }, () => freshet.track('click', { item: 'item-1' }));
    await world.pass(10 * MINUTE);
    assert.ok(world.api.requests.length < 150, `${world.api.requests.length} requests`);
  });

  it('a refused event is dropped, told, and not sent again', async () => {
    const world = new World();
    const { freshet, rejected } = world.open();
    const good = freshet.track('click', { item: 'item-1' });
    const bad = freshet.track('click', {});
    await world.pass(MINUTE);
    assertOnce(world, [good]);
    assert.deepEqual(rejected.map(({ eventId, code }) => [eventId, code]), [[bad, 'missing-target']]);
    assert.equal(world.api.refusals.length, 1);
  });

  it('an event with an expired exposure is stored without it', async () => {
    const world = new World();
    const { freshet } = world.open();
    const old = world.api.exposure(['item-1'], world.time - 8 * DAY);
    const id = freshet.track('click', { item: 'item-1', exposure: old });
    await world.pass(MINUTE);
    assertOnce(world, [id]);
    assert.equal(world.api.events()[0].exposure, undefined);
  });

  it('an error in onRejected disturbs nothing', async () => {
    const world = new World();
    const { freshet } = world.open({
      onRejected: () => {
        throw new Error('of the site');
      },
    });
    freshet.track('click', {});
    const id = freshet.track('click', { item: 'item-1' });
    await assert.rejects(world.pass(MINUTE), /of the site/);
    await world.pass(MINUTE);
    assertOnce(world, [id]);
  });

  it('the pauses between tries grow to five minutes at most', async () => {
    const world = new World();
    world.network = down;
    const starts = [];
    world.network = () => {
      starts.push(world.time);
      return { before: true };
    };
    world.open().freshet.track('click', { item: 'item-1' });
    await world.pass(3 * HOUR);
    const pauses = starts.slice(1).map((start, i) => start - starts[i]);
    assert.ok(Math.max(...pauses) <= 5 * MINUTE + 10 * SECOND, `longest ${Math.max(...pauses)}`);
    assert.ok(starts.length < 150, `${starts.length} tries in three hours`);
  });
});

describe('bounds', () => {
  it('of 10,000 calls in a minute at most 240 events are sent, none is refused, and each one is accounted for', async () => {
    const world = new World();
    const tab = world.open();
    for (let i = 0; i < 10_000; i++) {
      tab.freshet.track(['view', 'scroll', 'click'][i % 3], { item: `item-${i}`, value: i % 3 === 1 ? 50 : undefined });
      if (i % 100 === 99) {
        await world.pass(590);
      }
    }
    const { queued, accepted, refused, dropped } = tab.freshet.stats();
    assert.equal(queued + accepted + refused + dropped, 10_000);
    assert.equal(world.api.refusals.length, 0);
    assert.ok(world.api.events().length <= 240, `${world.api.events().length} sent`);
    assert.ok(world.api.events().length >= 200, `${world.api.events().length} sent`);
  });

  it('two tabs share the 240 events a minute', async () => {
    const world = new World();
    const tabs = [world.open(), world.open()];
    for (let i = 0; i < 400; i++) {
      tabs[i % 2].freshet.track('click', { item: 'item-1' });
      await world.pass(100);
    }
    assert.equal(world.api.refusals.length, 0);
    await world.pass(3 * MINUTE);
    assert.equal(world.api.events().length, 400);
  });

  it('10,000 events without a network take at most 256 KB, and the drops are counted', async () => {
    const world = new World();
    world.network = down;
    const { freshet } = world.open();
    for (let i = 0; i < 10_000; i++) {
      freshet.track('view', { item: `item-${i}` });
    }
    await world.pass(SECOND);
    const stored = Object.entries(world.storage).reduce((sum, entry) => sum + entry.join('').length, 0);
    assert.ok(stored * 2 <= 256 * 1024 + 4096, `${stored} characters`);
    const { queued, dropped } = freshet.stats();
    assert.equal(queued + dropped, 10_000);
    assert.ok(queued <= 500);
  });

  it('scrolls give way first, then impressions, then dwells; clicks stay', async () => {
    const world = new World();
    world.network = down;
    const { freshet } = world.open();
    const clicks = Array.from({ length: 100 }, () => freshet.track('click', { item: 'item-1' }));
    for (let i = 0; i < 500; i++) {
      freshet.track('scroll', { item: 'item-1', value: 10 });
      freshet.track('dwell', { item: 'item-1', value: 10 });
    }
    await world.pass(SECOND);
    const [, ...kept] = JSON.parse(world.storage[world.queues[0]]);
    const count = (type) => kept.filter((event) => event.type === type).length;
    assert.equal(count('click'), clicks.length);
    assert.equal(count('scroll'), 0);
    assert.ok(count('dwell') > 100);
  });

  it('an event that waited for seven days is dropped and counted', async () => {
    const world = new World();
    world.network = down;
    world.open().freshet.track('click', { item: 'item-1' });
    await world.pass(SECOND);
    world.tabs[0].kill();
    await world.pass(7 * DAY);
    const tab = world.open();
    await world.pass(MINUTE);
    assert.deepEqual({ ...tab.freshet.stats() }, { queued: 0, accepted: 0, refused: 0, dropped: 1 });
    assert.deepEqual(world.queues, []);
  });

  for (const [what, localStorage] of Object.entries({
    blocked: () =>
      new Proxy({}, {
        get: () => { throw new Error('SecurityError'); },
        set: () => { throw new Error('SecurityError'); },
        deleteProperty: () => { throw new Error('SecurityError'); },
        ownKeys: () => { throw new Error('SecurityError'); },
      }),
    full: () => new Proxy({}, { set: () => { throw new Error('QuotaExceededError'); } }),
    'full of what others wrote under our names': () => ({ 'freshet.id': '{', 'freshet.consent': 'yes', 'freshet.q.x': '7', 'freshet.sent': '{}', 'freshet.from': '""' }),
  })) {
    it(`storage that is ${what} throws nothing in the page and loses nothing while it lives`, async () => {
      const world = new World();
      const { freshet } = world.open({ localStorage: localStorage() });
      const ids = Array.from({ length: 20 }, () => freshet.track('click', { item: 'item-1' }));
      await world.pass(MINUTE);
      assertOnce(world, ids);
      const readers = new Set(world.api.events().map((event) => event.anonymousId));
      assert.equal(readers.size, 1);
    });
  }
});

describe('clocks', () => {
  for (const [what, ahead] of Object.entries({ '23 hours ahead': 23 * HOUR, '23 hours behind': -23 * HOUR })) {
    it(`${what}: all is stored at the right time`, async () => {
      const world = new World();
      const { freshet } = world.open({ ahead });
      const truth = new Map();
      for (let i = 0; i < 30; i++) {
        truth.set(freshet.track('click', { item: 'item-1' }), world.time);
        await world.pass(7 * SECOND);
      }
      await world.pass(MINUTE);
      assertOnce(world, truth.keys());
      for (const { event, correctedAt } of world.api.rows.values()) {
        assert.ok(Math.abs(correctedAt - truth.get(event.eventId)) <= 2 * SECOND);
      }
    });
  }

  for (const [what, ahead] of Object.entries({ 'three days ahead': 3 * DAY, 'a year ahead': 365 * DAY, 'a year behind': -365 * DAY })) {
    it(`${what}: all is stored at the right time after one refusal`, async () => {
      const world = new World();
      const { freshet } = world.open({ ahead });
      const truth = new Map();
      for (let i = 0; i < 30; i++) {
        truth.set(freshet.track('click', { item: 'item-1' }), world.time);
        await world.pass(7 * SECOND);
      }
      await world.pass(MINUTE);
      assertOnce(world, truth.keys());
      assert.ok(world.api.refusals.length <= 1, `${world.api.refusals.length} refusals`);
      for (const { event, correctedAt } of world.api.rows.values()) {
        assert.ok(Math.abs(correctedAt - truth.get(event.eventId)) <= 2 * SECOND);
      }
    });
  }

  it('three days behind: all is stored, and at the right time from the second batch on', async () => {
    const world = new World();
    const { freshet } = world.open({ ahead: -3 * DAY });
    const ids = [freshet.track('view', { item: 'item-1' })];
    await world.pass(MINUTE);
    const later = freshet.track('click', { item: 'item-1' });
    const at = world.time;
    await world.pass(MINUTE);
    assertOnce(world, [...ids, later]);
    const row = [...world.api.rows.values()].find(({ event }) => event.eventId === later);
    assert.ok(Math.abs(row.correctedAt - at) <= 2 * SECOND);
  });

  for (const back of [2 * HOUR, 3 * DAY]) {
    it(`set back by ${back / HOUR} hours during a visit: all is stored at the right time`, async () => {
      const world = new World();
      const tab = world.open({ ahead: back });
      const truth = new Map();
      for (let i = 0; i < 30; i++) {
        if (i === 15) {
          tab.ahead = 0;
        }
        truth.set(tab.freshet.track('click', { item: 'item-1' }), world.time);
        await world.pass(3 * SECOND);
      }
      await world.pass(MINUTE);
      assertOnce(world, truth.keys());
      for (const { event, correctedAt } of world.api.rows.values()) {
        assert.ok(Math.abs(correctedAt - truth.get(event.eventId)) <= 2 * SECOND);
      }
    });
  }

  it('events of a page whose clock was three days ahead are stored by the next page', async () => {
    const world = new World();
    world.network = down;
    const before = world.open({ ahead: 3 * DAY });
    const id = before.freshet.track('click', { item: 'item-1' });
    await world.pass(SECOND);
    before.close();
    world.network = () => ({});
    world.open();
    await world.pass(MINUTE);
    assertOnce(world, [id]);
  });
});

describe('identities', () => {
  const tokens = (world, userId) => async () => userToken(userId, world.time + 15 * MINUTE);

  it('each row is under who did it, with no request refused: anonymous, user A, user B, and a queue full at each change', async () => {
    const world = new World();
    const { freshet } = world.open();
    const truth = new Map();
    const act = (who) => truth.set(freshet.track('click', { item: 'item-1' }), who);
    world.network = down;
    for (let i = 0; i < 20; i++) {
      act('anonymous');
    }
    freshet.identify('A', tokens(world, 'A'));
    for (let i = 0; i < 20; i++) {
      act('A');
    }
    await world.pass(SECOND);
    freshet.reset();
    for (let i = 0; i < 20; i++) {
      act('anonymous');
    }
    freshet.identify('B', tokens(world, 'B'));
    for (let i = 0; i < 20; i++) {
      act('B');
    }
    world.network = () => ({});
    await world.pass(5 * MINUTE);
    assertOnce(world, truth.keys());
    for (const event of world.api.events()) {
      assert.equal(event.userId ?? 'anonymous', truth.get(event.eventId));
    }
    assert.equal(world.api.requests.filter((request) => request.status === 403).length, 0);
  });

  it('what was done before the login is joined to the user once, and a second user gets a new anonymous id', async () => {
    const world = new World();
    const tab = world.open();
    tab.freshet.track('view');
    await world.pass(SECOND);
    tab.freshet.identify('A', tokens(world, 'A'));
    await world.pass(MINUTE);
    tab.freshet.identify('A', tokens(world, 'A'));
    await world.pass(MINUTE);
    tab.freshet.identify('B', tokens(world, 'B'));
    await world.pass(MINUTE);
    assert.deepEqual([...world.api.aliases.values()], ['A', 'B']);
    const aliases = world.api.requests.filter((request) => request.path.endsWith('alias'));
    assert.deepEqual(aliases.map((request) => request.status), [202, 202]);
  });

  it('the anonymous events go before the alias', async () => {
    const world = new World();
    const { freshet } = world.open();
    freshet.track('click', { item: 'item-1' });
    freshet.identify('A', tokens(world, 'A'));
    await world.pass(MINUTE);
    assert.deepEqual(world.api.requests.map((request) => request.path.split('/').pop()), ['events', 'alias']);
  });

  it('a token is asked for before it ends, and once more when it is refused', async () => {
    const world = new World();
    const { freshet } = world.open();
    let asked = 0;
    const identified = freshet.identify('A', async () => {
      asked++;
      return userToken('A', world.time + 5 * MINUTE);
    });
    await world.pass(MINUTE);
    await identified;
    const ids = [];
    for (let i = 0; i < 20; i++) {
      ids.push(freshet.track('click', { item: 'item-1' }));
      await world.pass(MINUTE);
    }
    assertOnce(world, ids);
    assert.ok(asked >= 4 && asked <= 6, `asked ${asked} times in 21 minutes`);
    assert.equal(world.api.requests.filter((request) => request.status === 401).length, 0);

    world.api.fault = (request) => (request.path.endsWith('events') && asked < 7 ? problem(401, 'unauthorized') : undefined);
    asked = 6;
    ids.push(freshet.track('click', { item: 'item-1' }));
    await world.pass(MINUTE);
    assertOnce(world, ids);
  });

  it('events of a user without a token wait, and those of others go', async () => {
    const world = new World();
    const { freshet } = world.open();
    freshet.identify('A', async () => {
      throw new Error('not signed in');
    });
    const hers = freshet.track('click', { item: 'item-1' });
    await world.pass(MINUTE);
    freshet.reset();
    const theirs = freshet.track('click', { item: 'item-2' });
    await world.pass(MINUTE);
    assertOnce(world, [theirs]);
    freshet.identify('A', tokens(world, 'A'));
    await world.pass(MINUTE);
    assertOnce(world, [hers, theirs]);
  });

  it('a session ends after half an hour without activity and at midnight, UTC', async () => {
    const world = new World();
    const { freshet } = world.open();
    const act = async (milliseconds) => {
      await world.pass(milliseconds);
      freshet.track('click', { item: 'item-1' });
    };
    await act(0);
    await act(29 * MINUTE);
    await act(29 * MINUTE);
    await act(31 * MINUTE);
    for (let i = 0; i < 26; i++) {
      await act(25 * MINUTE);
    }
    await world.pass(MINUTE);
    const sessions = world.api.events().map((event) => event.sessionId);
    assert.equal(new Set(sessions.slice(0, 3)).size, 1);
    assert.equal(new Set(sessions.slice(0, 4)).size, 2);
    assert.equal(new Set(sessions).size, 3);
  });

  it('the id of the site is used where it gives one', async () => {
    const world = new World();
    const anonymousId = 'anon-of-the-site-0123456789abcdef';
    const { freshet } = world.open({ anonymousId });
    freshet.track('click', { item: 'item-1' });
    await world.pass(MINUTE);
    assert.equal(world.api.events()[0].anonymousId, anonymousId);
  });

  it('an anonymous id has at least 128 random bits', async () => {
    const world = new World();
    world.open().freshet.track('view');
    const { anonymous } = JSON.parse(world.storage['freshet.id']);
    assert.match(anonymous, /^anon-[0-9a-z]{25,}$/);
  });
});

describe('consent', () => {
  const silent = async (world, tab) => {
    tab.freshet.page();
    tab.freshet.track('click', { item: 'item-1' });
    await world.pass(MINUTE);
    tab.close();
    await world.pass(MINUTE);
    assert.deepEqual(world.api.requests, []);
    assert.deepEqual(Object.keys(world.storage), []);
  };

  it('before it is given nothing is sent or stored', async () => {
    const world = new World();
    await silent(world, world.open({ consent: 'ask' }));
  });

  it('under Global Privacy Control nothing is sent or stored, whatever the site says', async () => {
    const world = new World();
    await silent(world, world.open({ navigator: { globalPrivacyControl: true } }));
  });

  it('given by the visitor, it counts under Global Privacy Control too, and on the next page', async () => {
    const world = new World();
    const navigator = { globalPrivacyControl: true };
    const tab = world.open({ navigator });
    tab.freshet.consent({ personalisation: true, analytics: false });
    const ids = [tab.freshet.track('click', { item: 'item-1' })];
    tab.close();
    const next = world.open({ navigator });
    ids.push(next.freshet.track('click', { item: 'item-1' }));
    await world.pass(MINUTE);
    assertOnce(world, ids);
    assert.deepEqual(world.api.events()[0].consent, { personalisation: true, analytics: false });
  });

  it('withdrawn, the queue and every key are deleted, in other tabs too', async () => {
    const world = new World();
    const [one, other] = [world.open(), world.open()];
    world.network = down;
    one.freshet.track('click', { item: 'item-1' });
    other.freshet.track('click', { item: 'item-1' });
    await world.pass(SECOND);
    one.freshet.consent({ personalisation: false, analytics: false });
    other.dispatch('storage', { key: 'freshet.id', newValue: null });
    world.network = () => ({});
    one.freshet.track('click', { item: 'item-2' });
    other.freshet.track('click', { item: 'item-2' });
    await world.pass(MINUTE);
    assert.deepEqual(world.api.requests, []);
    assert.deepEqual(Object.keys(world.storage), []);
    assert.equal(one.freshet.stats().queued, 0);
    assert.equal(other.freshet.stats().queued, 0);
  });

  it('withdrawn while joining a user waits to be tried again, nothing is stored or sent any more', async () => {
    const world = new World();
    const { freshet } = world.open();
    world.network = down;
    freshet.identify('A', async () => userToken('A', world.time + HOUR));
    await world.pass(SECOND);
    freshet.consent({ personalisation: false, analytics: false });
    world.network = () => ({});
    await world.pass(MINUTE);
    assert.deepEqual(world.api.requests, []);
    assert.deepEqual(Object.keys(world.storage), []);
  });

  it('in part withdrawn, what waited is deleted and the visitor is a new one', async () => {
    const world = new World();
    const { freshet } = world.open();
    freshet.track('view');
    await world.pass(SECOND);
    const before = JSON.parse(world.storage['freshet.id']).anonymous;
    freshet.consent({ personalisation: false, analytics: true });
    freshet.track('view');
    assert.notEqual(JSON.parse(world.storage['freshet.id']).anonymous, before);
  });

  it('what happened while it was asked for is forgotten, or kept if the site wants that: fifty events, with their times', async () => {
    const world = new World();
    for (const hold of [false, true]) {
      const { freshet } = world.open({ consent: 'ask', hold });
      const at = world.time;
      for (let i = 0; i < 60; i++) {
        freshet.track('click', { item: 'item-1' });
      }
      await world.pass(MINUTE);
      freshet.consent({ personalisation: true, analytics: true });
      await world.pass(MINUTE);
      assert.equal(world.api.events().length, hold ? 50 : 0);
      if (hold) {
        assert.equal(world.api.events()[0].occurredAt, new Date(at).toISOString());
      }
      freshet.consent({ personalisation: false, analytics: false });
    }
  });

  it('a list without consent names nobody', async () => {
    const world = new World();
    const { freshet } = world.open({ consent: 'ask' });
    const list = freshet.recommend({ placement: 'home', count: 3 });
    await world.pass(SECOND);
    assert.equal((await list).items.length, 3);
    const body = JSON.parse(world.api.requests[0].body);
    assert.equal(body.anonymousId, undefined);
    assert.deepEqual(body.consent, { personalisation: false, analytics: false });
    assert.deepEqual(Object.keys(world.storage), []);
  });
});

describe('lists', () => {
  it('know the click before them, though it was not sent yet', async () => {
    const world = new World();
    const { freshet } = world.open();
    freshet.track('click', { item: 'item-3' });
    const list = freshet.recommend({ placement: 'home' });
    await world.pass(SECOND);
    assert.deepEqual([...(await list).reflects.session], ['item-3']);
  });

  it('do not tell one user what another did in the same browser', async () => {
    const world = new World();
    const { freshet } = world.open();
    world.network = down;
    freshet.track('click', { item: 'secret' });
    freshet.reset();
    world.network = () => ({});
    freshet.recommend();
    await world.pass(SECOND);
    const asked = world.api.requests.find((request) => request.path.endsWith('recommendations'));
    assert.ok(!asked.body.includes('secret'));
  });

  it('that fail say why', async () => {
    const world = new World();
    world.api.fault = () => problem(400, 'count-out-of-range');
    const list = world.open().freshet.recommend({ count: 1000 });
    const refused = assert.rejects(list, { code: 'count-out-of-range', status: 400, message: /count-out-of-range/ });
    await world.pass(SECOND);
    await refused;
  });

  it('an item opened from a list carries its exposure on the page that follows', async () => {
    const world = new World();
    const tab = world.open();
    const exposure = world.api.exposure(['item-1']);
    tab.freshet.track('click', { item: 'item-1', exposure });
    tab.close();
    world.open().freshet.page('item-1');
    await world.pass(MINUTE);
    assert.equal(world.api.events('view')[0].exposure, exposure);
  });
});

describe('pages', () => {
  it('query and fragment leave the browser in no request', async () => {
    const world = new World();
    const { freshet } = world.open();
    freshet.page('item-1');
    await world.pass(MINUTE);
    assert.ok(world.api.requests.length > 0);
    assert.ok(world.api.requests.every((request) => !/q=1|part/.test(request.body)));
    assert.equal(world.api.events()[0].context.page, 'https://site.example/page');
  });

  it('the first view is sent at once, so that the preflight is paid early', async () => {
    const world = new World();
    world.open().freshet.page();
    await world.pass(100);
    assert.equal(world.api.events('view').length, 1);
  });
});

it('a slash at the end of the address makes no difference', async () => {
  const world = new World();
  world.open({ endpoint: 'https://api.example/prod/' }).freshet.track('click', { item: 'item-1' });
  await world.pass(SECOND);
  assert.equal(world.api.requests[0].path, '/prod/v1/events');
});
