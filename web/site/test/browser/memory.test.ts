import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Overview } from '../../src/dashboard/answers';
import { dashboardApi, flow, NOW, overview } from './answers';
import { CHROMIUM, launch, LOOKS, open, type Look } from './browser';
import { serve, type Site } from './server';

// Whether a dashboard that stays open grows. In a usual run its clock is moved, so that a minute of polling takes some
// seconds; FRESHET_SOAK=minutes (10 were measured) leaves the clock alone and looks for so long.

const SOAK_MINUTES = Number(process.env['FRESHET_SOAK'] ?? 0);
const POLLS = 60;
const EVENTS_A_SECOND = 50;
const MAX_GROWTH = 20 * 1024 * 1024;
const MAX_NODES = 0.05;

interface Held {
  heap: number;
  nodes: number;
  listeners: number;
}

const KEY = `fik_abcdefghijkl_${'a'.repeat(52)}`;

/** An overview in which another second with fifty events has gone by at each answer. */
function moving(): () => Overview {
  let second = 0;
  const at = (ago: number) => new Date(NOW + 1000 * (second - ago)).toISOString();
  return () => {
    second++;
    const total = overview.events.total + EVENTS_A_SECOND * second;
    const wave = (shift: number) => Math.round(200 * Math.sin((second + shift) / 7));
    return {
      ...overview,
      model: { ...overview.model, version: overview.model.version + second, madeAt: at(1) },
      events: { ...overview.events, total, perMinute: 60 * EVENTS_A_SECOND + wave(0) },
      flow: { ...flow, acceptedPerMinute: flow.acceptedPerMinute.map((minute, place) => ({ ...minute, events: 60 * EVENTS_A_SECOND + wave(place) })) },
    };
  };
}

async function held(session: CDPSession): Promise<Held> {
  for (let i = 0; i < 3; i++) {
    await session.send('HeapProfiler.collectGarbage');
  }
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

describe.skipIf(CHROMIUM === undefined)('a dashboard that stays open', () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  let site: Site;
  beforeAll(async () => {
    browser = await launch();
    site = await serve();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const overviews = () => site.requests.filter((request) => request.path === '/v1/insights/overview').length;

  /** Lets the page poll so many times. */
  async function polled(page: Page, times: number): Promise<void> {
    const until = overviews() + times;
    while (overviews() < until) {
      if (SOAK_MINUTES === 0) {
        await page.clock.runFor(250);
      }
      await new Promise((done) => setTimeout(done, SOAK_MINUTES === 0 ? 5 : 250));
    }
  }

  test(`${SOAK_MINUTES === 0 ? 'a minute' : `${SOAK_MINUTES} minutes`} at fifty events a second: no more than 20 MB, as many nodes and listeners; hidden, no request`, async () => {
    const next = moving();
    const others = dashboardApi();
    site.api = (request) => (request.path === '/v1/insights/overview' ? { body: next() } : others(request));
    const { page, context, faults } = await open(browser, `${site.address}/dashboard/`, LOOKS[0] as Look, '', SOAK_MINUTES === 0 ? 'moved' : 'running');
    await page.evaluate((key) => sessionStorage.setItem('freshet.insights-key', key), KEY);
    await page.reload();
    await page.getByText('Healthy').waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await polled(page, 10);
    const before = await held(session);
    const begun = Date.now();
    if (SOAK_MINUTES === 0) {
      await polled(page, POLLS);
    } else {
      await new Promise((done) => setTimeout(done, 60_000 * SOAK_MINUTES));
    }
    const after = await held(session);
    const polls = overviews();
    console.log(`${polls} answers in ${Math.round((Date.now() - begun) / 1000)} s; before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
    expect(polls).toBeGreaterThanOrEqual(SOAK_MINUTES === 0 ? POLLS : 45 * SOAK_MINUTES);
    expect(after.heap - before.heap).toBeLessThanOrEqual(MAX_GROWTH);
    expect(Math.abs(after.nodes - before.nodes) / before.nodes).toBeLessThanOrEqual(MAX_NODES);
    expect(Math.abs(after.listeners - before.listeners) / before.listeners).toBeLessThanOrEqual(MAX_NODES);

    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await new Promise((done) => setTimeout(done, 300));
    const seen = site.requests.length;
    if (SOAK_MINUTES === 0) {
      await page.clock.runFor(120_000);
      await new Promise((done) => setTimeout(done, 300));
    } else {
      await new Promise((done) => setTimeout(done, 15_000));
    }
    expect(site.requests.length).toBe(seen);
    expect(faults).toEqual([]);
    await context.close();
  }, 60_000 * (SOAK_MINUTES + 2));
});
