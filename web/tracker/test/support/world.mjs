/**
 * A browser without a screen, in virtual time: tabs that share one localStorage, a clock, and a network that fails as told. Each tab
 * runs the script that is published, in a context of its own.
 */
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { FakeApi, KEY } from './fake-api.mjs';

const SCRIPT = readFileSync(new URL('../../dist/freshet.js', import.meta.url), 'utf8');
const BOTH = { personalisation: true, analytics: true };

/** Numbers that depend on the seed alone (mulberry32). */
export const randomBySeed = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** Lets everything happen that needs no time. */
const settle = async () => {
  for (let i = 0; i < 2; i++) {
    await new Promise(setImmediate);
  }
};

export class World {
  time = Date.parse('2026-03-01T12:00:00Z');
  storage = {};
  tabs = [];
  /** The host of each request that arrived. */
  hosts = [];
  #timers = [];
  #order = 0;
  /** Returns `{before, after, delay}`: whether a request is lost on its way, or its answer is, and how long it takes. */
  network = () => ({});

  constructor(seed = 1) {
    this.random = randomBySeed(seed);
    this.api = new FakeApi(() => this.time);
  }

  later(work, delay, tab) {
    const timer = { at: this.time + (delay || 0), work, tab, order: this.#order++ };
    this.#timers.push(timer);
    return timer;
  }

  cancel(timer) {
    this.#timers = this.#timers.filter((one) => one !== timer);
  }

  /** Lets time go by. */
  async pass(milliseconds) {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      this.#timers.sort((one, other) => one.at - other.at || one.order - other.order);
      const next = this.#timers[0];
      if (!next || next.at > end) {
        break;
      }
      this.#timers.shift();
      this.time = Math.max(this.time, next.at);
      if (!next.tab?.closed) {
        next.work();
      }
    }
    this.time = end;
    await settle();
  }

  open(options = {}) {
    const tab = new Tab(this, { endpoint: 'https://api.example', key: KEY, consent: BOTH, auto: false, ...options });
    this.tabs.push(tab);
    return tab;
  }

  get queues() {
    return Object.keys(this.storage).filter((key) => key.startsWith('freshet.q.'));
  }
}

/** An observer of a page without elements. */
class Unseeing {
  observe() {}
  disconnect() {}
}

export class Tab {
  closed = false;
  #listeners = [];

  constructor(world, options) {
    this.world = world;
    /** How far this tab's clock is ahead. */
    this.ahead = options.ahead ?? 0;
    const opened = world.time;
    const tab = this;
    class VirtualDate extends Date {
      constructor(...values) {
        super(...(values.length ? values : [VirtualDate.now()]));
      }
      static now() {
        return world.time + tab.ahead;
      }
    }
    class Document {}
    this.page = Object.assign(Document.prototype, { currentScript: options.script ?? null, hidden: false, referrer: '', querySelector: () => null, querySelectorAll: () => [], hasFocus: () => true });
    // Elements of the page hide what a document has by itself, as `<img name="currentScript">` does.
    this.document = Object.assign(new Document(), options.named);
    this.window = createContext({
      Date: VirtualDate,
      performance: { now: () => world.time - opened },
      setTimeout: (work, delay, ...values) => world.later(() => work(...values), delay, tab),
      clearTimeout: (timer) => world.cancel(timer),
      setInterval: (work, delay) => {
        const again = () => {
          work();
          world.later(again, delay, tab);
        };
        return world.later(again, delay, tab);
      },
      AbortSignal: {},
      crypto: { getRandomValues: (words) => words.map(() => Math.floor(world.random() * 2 ** 32)) },
      localStorage: options.localStorage ?? world.storage,
      location: { href: 'https://site.example/page?q=1#part', pathname: '/page', search: '?q=1' },
      navigator: { language: 'en', ...options.navigator },
      history: {},
      customElements: { get: () => true },
      IntersectionObserver: Unseeing,
      MutationObserver: Unseeing,
      document: this.document,
      Document,
      console,
      atob,
      addEventListener: (type, work) => this.#listeners.push({ type, work }),
      fetch: (address, request) => this.#fetch(address, request),
    });
    this.window.window = this.window;
    runInContext('Math', this.window).random = world.random;
    runInContext(SCRIPT, this.window);
    this.freshet = this.window.freshet;
    this.rejected = [];
    if (!options.script) {
      this.freshet.init({ onRejected: (refusal) => this.rejected.push(refusal), ...options });
    }
  }

  dispatch(type, event = {}) {
    this.#listeners.filter((one) => one.type === type).forEach((one) => one.work(event));
  }

  /** Closes the tab as a navigation does: the page may report and store something last. */
  close() {
    this.dispatch('pagehide');
    this.page.hidden = true;
    this.dispatch('visibilitychange');
    this.closed = true;
  }

  /** Ends the tab as a crash does. */
  kill() {
    this.closed = true;
  }

  #fetch(address, { method, headers, body }) {
    const { world } = this;
    const { before, after, delay = 30 } = world.network();
    return new Promise((resolve, reject) => {
      // The request goes its way even if the tab closes; its answer then finds nobody.
      world.later(() => {
        if (before) {
          world.later(() => reject(new TypeError('Failed to fetch')), 0, this);
          return;
        }
        world.hosts.push(new URL(address).host);
        const answer = world.api.handle({ method, path: new URL(address).pathname, headers, body });
        world.later(
          () =>
            after
              ? reject(new TypeError('Failed to fetch'))
              : resolve({
                  status: answer.status,
                  headers: { get: (name) => answer.headers?.[name] ?? null },
                  json: async () => JSON.parse(JSON.stringify(answer.body)),
                }),
          delay,
          this,
        );
      }, delay);
    });
  }
}
