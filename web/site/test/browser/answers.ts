// Fixed answers of the API, with the texts that try to break a page.

import type { ExperimentResults, Outcomes, Overview } from '../../src/dashboard/answers';
import type { ApiOf, ApiReply } from './server';

/** The time that pages in tests believe it is. */
export const NOW = Date.parse('2026-11-24T12:00:00Z');

export const HOSTILE_TITLE = '<img src=x onerror="document.title=\'broken\'">';
export const LONG_TITLE = 'Unbreakable'.repeat(27);
export const RIGHT_TO_LEFT = 'النهر يفيض بعد المطر الغزير في الجبال';

const iso = (ms: number) => new Date(ms).toISOString();
const ago = (seconds: number) => iso(NOW - 1000 * seconds);

export const overview: Overview = {
  model: { version: 4711, madeAt: ago(2), newestEvent: ago(3), items: 600, beyondBounds: 0 },
  events: { total: 153_240, byType: { view: 80_000, click: 40_000, impression: 22_000, dwell: 11_000, like: 240 }, perMinute: 1240 },
  samples: Array.from({ length: 60 }, (_, at) => ({ at: ago(60 * (60 - at)), events: 80_000 + 1240 * at + Math.round(220 * Math.sin(at / 4)) })),
  days: Array.from({ length: 8 }, (_, at) => ({
    day: iso(NOW - at * 86_400_000).slice(0, 10), lists: 10_000 - 700 * at, listsClicked: 1210 - 80 * at, clicks: 1400 - 90 * at, conversions: 30 - at, unseenClicks: 4,
  })),
  mostRead: {
    hourFrom: '2026-11-24T12:00:00Z',
    items: [
      { itemId: 'a-1', title: HOSTILE_TITLE, users: 41, usersBefore: 20 },
      { itemId: 'a-2', title: LONG_TITLE, users: 33, usersBefore: 40 },
      { itemId: 'a-3', title: RIGHT_TO_LEFT, users: 21, usersBefore: 0 },
      { itemId: 'a-4', users: 9, usersBefore: 9 },
    ],
  },
  healthy: [
    { check: 'model', ok: true, sentence: 'The newest version of the model is served.' },
    { check: 'learning', ok: true, sentence: 'Events are learned as they come.' },
    { check: 'impressions', ok: true, sentence: 'Pages report the lists that they show.' },
    { check: 'clicks', ok: true, sentence: 'Lists are clicked as often as before.' },
    { check: 'experiments', ok: true, sentence: 'Experiments assign users as defined.' },
  ],
};

export const silent: Overview = {
  ...overview,
  healthy: [
    { check: 'learning', ok: false, sentence: 'The model has learned nothing since 11:58:00 UTC, though 1,240 events a minute came before: events do not arrive, or a consumer has stopped (./freshet status shows which).' },
    { check: 'clicks', ok: false, sentence: 'Clicks are falling: 4.0 % of today\'s lists were clicked, 12.0 % of those in the days before.' },
    ...overview.healthy.filter((check) => !['learning', 'clicks'].includes(check.check)),
  ],
};

export const nothing: Overview = {
  model: { version: 0, items: 0, beyondBounds: 0 },
  events: { total: 0, byType: {} },
  samples: [],
  days: [],
  mostRead: { items: [] },
  healthy: [{ check: 'model', ok: false, sentence: 'There is no model yet: send events, or import a history with ./freshet import.' }],
};

const asOf = { modelVersion: 4711, newestEvent: ago(3) };
const range = { from: '2026-11-17', to: '2026-11-24', unseenClicks: 32, asOf };

export function outcomes(by: string): Outcomes {
  const list = (lists: number, listsClicked: number) => ({ lists, listsClicked, places: 8 * lists, clicks: listsClicked, conversions: Math.round(listsClicked / 40), final: false });
  switch (by) {
    case 'placement':
      return { ...range, rows: [{ placement: 'home', ...list(52_000, 6300), revenue: { EUR: 1234.5 }, revenuePerThousandLists: { EUR: 23.74 } }, { placement: HOSTILE_TITLE, ...list(900, 40) }, { placement: '', ...list(0, 0) }] };
    case 'placement,arm':
      return { ...range, rows: [{ placement: 'home', arm: 'ranker:control', ...list(26_000, 3000) }, { placement: 'home', arm: 'ranker:learned', ...list(26_000, 3300) }] };
    case 'position':
      return { ...range, rows: [1, 2, 3, 4].map((position) => ({ position, places: 52_000, clicks: 4000 / position, conversions: 3, final: false })) };
    case 'source':
      return { ...range, rows: ['co-occurrence', 'content', 'popularity', 'new', 'followed'].map((source, at) => ({ source, places: 20_000 - 3000 * at, clicks: 900 - 100 * at, conversions: at, final: false })) };
    default:
      return { ...range, rows: Array.from({ length: 8 }, (_, at) => ({ day: iso(NOW - (7 - at) * 86_400_000).slice(0, 10), ...list(6000 + 100 * at, 700 + 10 * at) })) };
  }
}

export const results: ExperimentResults = {
  id: 'ranker', version: 2, status: 'running', conclusion: 'better', sentence: 'learned is ahead of control by 0.4 to 1.9 points of listCtr, at any time you look.',
  control: 'control', plannedUsers: 20_000, enrolled: 12_345, users: { control: 6170, learned: 6175 }, split: { alarm: false, chiSquareP: 0.91 }, crossed: 3, crossedWarning: false,
  arms: [{
    arm: 'learned', conclusion: 'better', primary: { metric: 'listCtr', control: 0.1154, arm: 0.1269, difference: 0.0115, interval: [0.004, 0.019] },
    guardrails: [{ metric: 'hideRate', control: 0.01, arm: 0.0101, difference: 0.0001, interval: [-0.002, 0.0022], state: 'safe' }],
    secondary: [{ metric: 'revenuePerUser', discovered: false }],
  }],
  asOf,
};

export interface Scene {
  overview?: Overview;
  withoutExperiments?: boolean;
  failing?: boolean;
  silent?: boolean;
  unauthorized?: boolean;
}

export const dashboardApi = (scene: Scene = {}): ApiOf => (request) => {
  if (scene.silent) {
    return { never: true };
  }
  if (scene.unauthorized) {
    return { status: 401, body: {} };
  }
  if (scene.failing) {
    return { status: 503, body: { detail: 'A store did not respond in time; sending the request again is safe.' }, headers: { 'Freshet-Trace-Id': '4bf92f3577b34da6a3ce929d0e0e4736' } };
  }
  const tagged = (body: unknown): ApiReply => {
    const etag = `W/"${JSON.stringify(body).length}"`;
    return request.headers['if-none-match'] === etag ? { status: 304, headers: { ETag: etag } } : { body, headers: { ETag: etag } };
  };
  switch (request.path) {
    case '/v1/insights/overview':
      return tagged(scene.overview ?? overview);
    case '/v1/insights/outcomes':
      return tagged(scene.overview === nothing ? { ...range, rows: [], unseenClicks: 0 } : outcomes(request.query.get('by') ?? ''));
    case '/v1/insights/experiments':
      return tagged({ experiments: scene.withoutExperiments ? [] : [{ id: 'ranker', version: 2, status: 'running', holdout: false }, { id: 'older', version: 1, status: 'stopped', holdout: true }] });
    case '/v1/insights/experiments/ranker':
    case '/v1/insights/experiments/older':
      return tagged(results);
    default:
      return undefined;
  }
};

const ARTICLES = [
  { itemId: 'a-1', title: HOSTILE_TITLE, text: 'A text & <b>more</b> of it.', section: 'science', author: 'Ana Lund', publishedAt: ago(600) },
  { itemId: 'a-2', title: LONG_TITLE, text: 'Long.'.repeat(40), section: 'sports', author: 'B', publishedAt: ago(7200) },
  { itemId: 'a-3', title: RIGHT_TO_LEFT, text: 'نص قصير', section: 'world', author: 'ج', publishedAt: ago(86_400) },
  ...Array.from({ length: 14 }, (_, at) => ({ itemId: `b-${at}`, title: `Harbour to be deepened, part ${at + 1}`, text: 'The council decided on Monday.', section: at % 2 ? 'politics' : 'economy', author: 'C. D.', publishedAt: ago(90_000 + at) })),
];

const REASONS = [
  { source: 'co-occurrence', share: 0.5, contribution: 1.2, text: 'Read by people who read what you read' },
  { source: 'content', share: 0.2, contribution: 0.5, text: 'Its text is like what you read' },
  { source: 'popularity', share: 0.15, contribution: 0.4, text: 'Many people read it' },
  { source: 'new', share: 0.1, contribution: 0.2, text: 'It is new' },
  { source: 'followed', share: 0.05, contribution: 0.1, text: 'You follow its author' },
];

/** An API whose list turns around with every click that it is sent. */
export function playgroundApi(demo = true): ApiOf {
  let latest: string | undefined;
  let events = 0;
  return (request) => {
    const body = request.body as { events?: { type: string; eventId: string }[]; list?: string; anonymousId?: string } | undefined;
    if (request.path === '/_freshet/newspaper') {
      return demo ? { body: { articles: [...ARTICLES] } } : undefined;
    }
    if (request.path.startsWith('/_freshet/readers/')) {
      return !demo
        ? undefined
        : request.method === 'DELETE'
          ? { body: { erasedAt: iso(NOW), removed: [{ store: 'users', what: 'profiles', count: 1, complete: true }], remaining: [{ place: 'events-stream', until: iso(NOW + 86_400_000), what: 'records of the stream' }] } }
          : { body: { consent: { personalisation: true, analytics: false }, interactions: [{ eventId: 'e', type: 'click', itemId: 'a-1', occurredAt: ago(30) }] } };
    }
    if (request.path === '/v1/events') {
      const [event] = body?.events ?? [];
      if (event !== undefined && event.type !== 'impression') {
        latest = event.eventId;
        events++;
      }
      return { status: 202, body: { accepted: 1, rejected: [] } };
    }
    if (request.path === '/v1/recommendations') {
      const ids = ['a-1', 'a-2', 'a-3', 'b-0', 'b-1', 'b-2', 'b-3', 'b-4'];
      const order = body?.list === undefined && events % 2 === 1 ? [...ids].reverse() : ids;
      return {
        body: {
          recommendationId: 'r', exposure: 'token', model: { version: 12, ageMs: 3 }, degraded: false, degradedReasons: [],
          reflects: { events, ...(latest === undefined ? {} : { latestEventId: latest }) },
          items: order.map((itemId) => ({
            itemId, title: ARTICLES.find((one) => one.itemId === itemId)?.title, reasons: REASONS,
            movedBy: events > 0 ? [{ type: 'click', itemId: 'a-1', at: ago(5), part: 0.8 }] : [],
          })),
        },
      };
    }
    return undefined;
  };
}
