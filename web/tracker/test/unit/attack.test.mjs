import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KEY } from '../support/fake-api.mjs';
import { World } from '../support/world.mjs';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const NO_DOCUMENT = { impressions: false, dwell: false, scroll: false, media: false, pages: false };

/** An element within others, by its attributes and those around it. */
const target = (attributes) => ({
  closest: (selector) => {
    const name = selector.slice(1, -1);
    return name in attributes ? { getAttribute: () => attributes[name] } : null;
  },
});

describe('markup that users of a site wrote', () => {
  for (const [named, type] of [
    [undefined, 'click'],
    ['like', 'like'],
    ['hide', 'hide'],
    ['view', 'view'],
    ['purchase', 'click'],
    ['cart', 'click'],
    ['follow', 'click'],
    ['constructor', 'click'],
    ['likes', 'click'],
  ]) {
    it(`a click on data-freshet-event="${named}" is a ${type}`, async () => {
      const world = new World();
      const tab = world.open({ auto: NO_DOCUMENT });
      tab.dispatch('click', { button: 0, target: target({ 'data-freshet-item': 'spam-1', ...(named && { 'data-freshet-event': named }) }) });
      await world.pass(MINUTE);
      assert.deepEqual(world.api.events().map((event) => event.type), [type]);
    });
  }

  it('an element named currentScript does not say where events and tokens go', async () => {
    const world = new World();
    const tab = world.open({
      script: { dataset: { endpoint: 'https://api.example', key: KEY, consent: 'granted' } },
      named: { currentScript: { dataset: { endpoint: 'https://evil.example', key: 'fpk_evil', consent: 'granted' } } },
    });
    tab.freshet.track('click', { item: 'item-1' });
    await world.pass(MINUTE);
    assert.deepEqual([...new Set(world.hosts)], ['api.example']);
    assert.ok(world.api.events('click').length > 0);
  });
});

describe('values in localStorage that others wrote', () => {
  const texts = [
    'null', '5', '"text"', '[]', '{}', '[null]', '[5]', '[[]]', '["text"]', '[{"0":1}]', '[0,null]', '[0,5]', '[0,"text"]', '[0,{}]',
    '[0,{"eventId":"e"}]', '[0,{"eventId":{},"occurredAt":"never"}]', '{"analytics":"x"}', '{"personalisation":{}}', '{"anonymous":5}',
    '{"anonymous":{},"session":{},"seen":{}}', '{"anonymous":"anon-0123456789abcdefghijkl"}', '{"length":-1}', 'no JSON', '',
  ];
  for (const key of ['id', 'consent', 'sent', 'from', 'q.poison']) {
    it(`freshet.${key}: init does not throw, and a click is stored`, async () => {
      for (const text of texts) {
        const world = new World();
        world.storage[`freshet.${key}`] = text;
        const { freshet } = world.open();
        freshet.page('item-1');
        const id = freshet.track('click', { item: 'item-1' });
        await world.pass(3 * MINUTE);
        assert.deepEqual(world.api.events('click').map((event) => event.eventId), [id], `${key} = ${text}`);
        assert.equal(freshet.stats().queued, 0, `${key} = ${text}`);
      }
    });
  }

  it('a key that holds none of our events holds up no other page\'s', async () => {
    const world = new World();
    world.storage['freshet.q.0'] = '[0,5]';
    world.network = () => ({ before: true });
    const tab = world.open();
    const id = tab.freshet.track('click', { item: 'item-1' });
    await world.pass(SECOND);
    tab.kill();
    world.network = () => ({});
    world.open();
    await world.pass(2 * MINUTE);
    assert.deepEqual(world.api.events('click').map((event) => event.eventId), [id]);
  });
});
