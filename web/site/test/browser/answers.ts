// Fixed answers of the API, with the texts that try to break a page.

import type { Catalogue, ContentList, Definition, ExperimentChanges, ExperimentResults, Flow, FlowHistory, LakeAnswer, LakeQueries, Outcomes, Overview, Quality, Segments, Sources, Topics, Trending } from '../../src/dashboard/answers';
import type { Told } from '../../src/dashboard/users';
import type { ApiOf, ApiReply, ApiRequest } from './server';
import { products, words } from './worlds';

/** The time that pages in tests believe it is. */
export const NOW = Date.parse('2026-11-24T12:00:00Z');

export const HOSTILE_TITLE = '<img src=x onerror="document.title=\'broken\'">';
export const LONG_TITLE = 'Unbreakable'.repeat(27);
export const RIGHT_TO_LEFT = 'النهر يفيض بعد المطر الغزير في الجبال';

const iso = (ms: number) => new Date(ms).toISOString();
const ago = (seconds: number) => iso(NOW - 1000 * seconds);

/** Events by the time after which they counted, in milliseconds, as the API answers it. */
const HISTOGRAM: [number | null, number][] = [[5, 40], [10, 2100], [20, 14_300], [50, 31_000], [100, 18_900], [200, 6400], [500, 610], [1000, 90], [2000, 12], [5000, 0], [null, 1]];

export const flow: Flow = {
  source: 'process', asOf: ago(0), minutes: 60,
  acceptedPerMinute: Array.from({ length: 60 }, (_, at) => ({ at: ago(60 * (60 - at)), events: at === 59 ? 1240 : 1240 + Math.round(150 * Math.sin(at / 5) + 60 * Math.sin(at * 1.7)) })),
  recommendationsPerMinute: Array.from({ length: 60 }, (_, at) => ({ at: ago(60 * (60 - at)), count: 310 + Math.round(40 * Math.cos(at / 6)) })),
  freshness: { count: HISTOGRAM.reduce((sum, [, events]) => sum + events, 0), p50Ms: 38, p99Ms: 212, histogram: HISTOGRAM.map(([upToMs, events]) => ({ upToMs, count: events })) },
  consumers: [{ name: 'features', lagMs: 42 }, { name: 'train', lagMs: 640 }, { name: 'profile', lagMs: 12 }],
  recommendations: { count: 18_600, degraded: 4, p50Ms: 8, p99Ms: 31 },
  requests: { total: 41_200, clientErrors: 96, serverErrors: 0, throttled: 0 },
  refused: 71, quarantined: 3, duplicates: 18,
};

/** Steps of the flows over so many hours: slower in the hour of the incident, in which requests failed. */
export function flowHistory(hours: number): FlowHistory {
  const length = hours <= 48 ? 300_000 : 3_600_000;
  const newest = Math.floor(NOW / length) * length;
  return {
    source: 'process', step: hours <= 48 ? 'PT5M' : 'PT1H',
    steps: Array.from({ length: Math.floor((hours * 3_600_000) / length) }, (_, at) => newest - at * length).reverse().map((at) => {
      const night = 0.6 + 0.4 * Math.sin((at / 3_600_000 - 9) * (Math.PI / 12));
      const incident = at >= Date.parse('2026-11-22T14:00:00Z') && at < Date.parse('2026-11-22T16:00:00Z') || at >= Date.parse('2026-11-24T09:00:00Z') && at < Date.parse('2026-11-24T09:20:00Z');
      const p50Ms = Math.round(38 + 6 * night + (at < NOW - 7 * 86_400_000 ? 4 : 0) + (incident ? 60 : 0));
      const accepted = Math.round((1240 * night * length) / 60_000);
      return { at: iso(at), accepted, lists: Math.round((310 * night * length) / 60_000), freshness: { p50Ms, p99Ms: Math.round(p50Ms * 4.6) }, refused: incident ? Math.round(accepted / 2) : 0, ...(incident && { refusals: [{ code: 'unknown-type', count: Math.round(accepted / 2) - 40 }, { code: 'other', count: 40 }] }), failed: incident ? ['requests'] : [], deployed: at === Date.parse('2026-11-22T12:00:00Z') };
    }),
  };
}

export const overview: Overview = {
  model: { version: 4711, madeAt: ago(2), newestEvent: ago(3), items: 600, beyondBounds: 0 },
  events: { total: 153_240, byType: { view: 80_000, click: 40_000, scroll: 22_000, dwell: 11_000, like: 240 }, perMinute: 1240 },
  days: Array.from({ length: 8 }, (_, at) => ({
    day: iso(NOW - at * 86_400_000).slice(0, 10), lists: 10_000 - 700 * at, listsClicked: 1210 - 80 * at, clicks: 1400 - 90 * at, conversions: 30 - at, unseenClicks: 4,
  })),
  healthy: [
    { check: 'model', ok: true, sentence: 'The newest version of the model is served.' },
    { check: 'learning', ok: true, sentence: 'Events are learned as they come.' },
    { check: 'impressions', ok: true, sentence: 'Pages report the lists that they show.' },
    { check: 'clicks', ok: true, sentence: 'Lists are clicked as often as before.' },
    { check: 'experiments', ok: true, sentence: 'Experiments assign users as defined.' },
  ],
  flow,
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
  days: [],
  flow: null,
  healthy: [{ check: 'model', ok: false, sentence: 'There is no model yet: send events, or import a history with ./freshet import.' }],
};

export const trending: Trending = {
  from: '2026-11-24T12:00:00Z',
  items: [
    { itemId: 'a-1', title: HOSTILE_TITLE, users: 41, usersBefore: 20 },
    { itemId: 'a-2', title: LONG_TITLE, users: 33, usersBefore: 40 },
    { itemId: 'a-3', title: RIGHT_TO_LEFT, users: 21, usersBefore: 0 },
    { itemId: 'a-4', users: 9, usersBefore: 9 },
  ],
};

const asOf = { modelVersion: 4711, newestEvent: ago(3) };
const countedBy = { conversionTypes: ['purchase', 'submit'], clickWindowHours: 24, viewThroughHours: 0, weights: { purchase: 5, cart: 2 } };
const range = { from: '2026-11-18', to: '2026-11-24', unseenClicks: 32, countedBy, asOf };
const DAY = 86_400_000;

/** What the API answers by day, or in one row, over the days that are asked for; placements of days before the last seven did a little worse. */
export function outcomes(by: string, first = range.from, last = range.to): Outcomes {
  const earlier = last < range.from ? 0.9 : 1;
  const days = { ...range, from: first, to: last };
  const whole = (share: number, width: number) => ({ lower: share * (1 - width), upper: share * (1 + width), method: 'buckets' as const });
  const list = (lists: number, listsClicked: number) => ({ lists, listsClicked, places: 8 * lists, clicks: listsClicked, conversions: Math.round(listsClicked / 40), final: false });
  switch (by) {
    case 'placement':
      return { ...days, rows: [{ placement: 'home', ...list(52_000, Math.round(6300 * earlier)), interval: whole((earlier * 6300) / 52_000, 0.043), revenue: { EUR: 1234.5 }, revenuePerThousandLists: { EUR: 23.74 } }, { placement: HOSTILE_TITLE, ...list(900, 40) }, { placement: '', ...list(0, 0) }] };
    case '':
      return { ...days, rows: [{ ...list(61_000, Math.round(7100 * earlier)), interval: whole((earlier * 7100) / 61_000, 0.04), revenue: { EUR: 1234.5 * earlier }, revenuePerThousandLists: { EUR: 20.24 * earlier } }] };
    case 'placement,arm':
      return { ...range, rows: [{ placement: 'home', arm: 'ranker:control', ...list(26_000, 3000) }, { placement: 'home', arm: 'ranker:learned', ...list(26_000, 3300) }] };
    case 'segment':
      return { ...range, rows: [{ segment: 's3', segmentName: 'cooking, soups', ...list(31_000, 4100), interval: { lower: 0.124, upper: 0.141, method: 'buckets' } }, { segment: 's1', segmentName: HOSTILE_TITLE, ...list(18_000, 1900), interval: { lower: 0.098, upper: 0.113, method: 'buckets' } }, { segment: 's2', ...list(900, 60) }] };
    case 'hour':
      return {
        ...range, hoursFrom: iso(NOW - 191 * 3_600_000),
        rows: Array.from({ length: 48 }, (_, at) => at).filter((at) => at < 24 || at > 27).map((at) => {
          const lists = Math.round(700 + 450 * Math.sin((at - 8) / 3.8));
          const share = 0.12 + 0.02 * Math.sin(at / 5);
          return { hour: iso(NOW - (47 - at) * 3_600_000), ...list(lists, Math.round(lists * share)), interval: { lower: share - 0.02, upper: share + 0.022, method: 'buckets' as const } };
        }),
      };
    case 'position':
      return {
        ...range,
        rows: [1, 2, 3, 4].map((position) => {
          const share = 4000 / position / 52_000;
          return { position, places: 52_000, clicks: 4000 / position, conversions: 3, final: false, interval: { lower: 0.94 * share, upper: 1.07 * share, method: 'buckets' as const } };
        }),
      };
    case 'source':
      return { ...range, rows: ['co-occurrence', 'content', 'popularity', 'new', 'followed'].map((source, at) => ({ source, places: 20_000 - 3000 * at, clicks: 900 - 100 * at, conversions: at, final: false })) };
    default:
      return {
        ...days,
        rows: Array.from({ length: Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1 }, (_, at) => Date.parse(first) + at * DAY).filter((day) => day <= NOW).map((day) => {
          const [weekend, wave] = [[0, 6].includes(new Date(day).getUTCDay()) ? 0.7 : 1, Math.sin(day / DAY)];
          const lists = Math.round(9300 * weekend);
          const share = (day < Date.parse(range.from) ? 0.105 : 0.116) + 0.003 * wave;
          return { day: iso(day).slice(0, 10), ...list(lists, Math.round(lists * share)), interval: whole(share, 0.06), revenue: { EUR: Math.round(19_500 * weekend * (1 + 0.1 * wave)) / 100 } };
        }),
      };
  }
}

const definition: Definition = {
  id: 'ranker', version: 2, status: 'running', layer: 'ranking', traffic: 0.5, salt: 'ranker-1', plannedUsers: 20_000, target: { placements: ['home'] },
  arms: [{ id: 'control', weight: 0.5 }, { id: 'learned', weight: 0.5, diversity: 0.4 }], metrics: { primary: 'listCtr', window: '14d' },
};

const group = (by: 'segment' | 'device', id: string, users: number, difference: number, half: number, discovered: boolean, groupName?: string) => ({
  by, group: id, ...(groupName !== undefined && { groupName }), controlUsers: users + 8, users, metric: 'listCtr', name: 'lists clicked', control: 0.115, arm: 0.115 + difference, difference, interval: [difference - half, difference + half] as [number, number], discovered,
});

export const results: ExperimentResults = {
  id: 'ranker', version: 2, status: 'running', definition, conclusion: 'better', sentence: 'learned is ahead of control by 0.5 to 2.0 points of lists clicked, at any time you look.',
  control: 'control', plannedUsers: 20_000, enrolled: 12_345, users: { control: 6170, learned: 6175 }, split: { alarm: false, chiSquareP: 0.91 }, crossed: 3, crossedWarning: false,
  arms: [{
    arm: 'learned', conclusion: 'better', primary: { metric: 'listCtr', name: 'lists clicked', usersToDecide: 12_345, control: 0.1154, arm: 0.1278, difference: 0.0124, interval: [0.0049, 0.0199],
      series: Array.from({ length: 40 }, (_, at) => {
        const difference = 0.0124 + 0.008 * Math.exp(-at / 9) * Math.cos(at / 2);
        const half = 0.0075 * Math.sqrt(40 / (at + 1));
        return { at: ago(5400 * (39 - at)), n: 310 * (at + 1), difference, lower: difference - half, upper: difference + half };
      }),
    },
    guardrails: [{ metric: 'hidesPerList', name: 'hides a list', control: 0.01, arm: 0.0101, difference: 0.0001, interval: [-0.002, 0.0022], state: 'safe' }],
    secondary: [{ metric: 'revenuePerUser', name: 'revenue a user', discovered: false }],
    groups: [
      group('segment', 's1', 2410, 0.0201, 0.0121, true, 'football, cup'), group('segment', '', 1790, 0.0064, 0.0139, false), group('segment', 's2', 1204, 0.0102, 0.0171, false, 'climate, energy'), group('segment', '(others)', 610, -0.0021, 0.0241, false),
      group('device', 'mobile', 4120, 0.0131, 0.0092, true), group('device', 'desktop', 1760, 0.0118, 0.0142, false),
    ],
  }],
  groupsNote: 'A group is that of a user at the first impression. Groups describe: the verdict rests on all users.',
  asOf,
};

/** What one shows that is not decided, so many users short. */
export const undecided: ExperimentResults = {
  ...results, conclusion: 'running', sentence: 'Arm learned and control cannot be told apart yet.',
  arms: results.arms.map((arm) => ({ ...arm, conclusion: 'running', groups: [], primary: { ...arm.primary!, difference: 0.0031, interval: [-0.0052, 0.0114], usersToDecide: 62_345 } })),
};

/** The log of an experiment, beside an entry of a caller who is signed with IAM. */
const changes: ExperimentChanges['changes'] = [
  { at: ago(7200), by: 'abcdefgh9k2d ann', version: 2, status: 'running', traffic: 0.5 },
  { at: ago(900_000), by: 'arn:aws:sts::111122223333:assumed-role/release/pipeline', version: 1, status: 'draft', traffic: 0.2 },
];

/** What a holdout shows: its second arm is without recommendation. */
export const held: ExperimentResults = {
  ...results, id: 'worth', definition: { ...definition, id: 'worth', layer: 'holdout', arms: [{ id: 'personalised', weight: 0.97 }, { id: 'popular', weight: 0.03, strategy: 'popular' }] }, control: 'personalised', plannedUsers: 100_000, users: { personalised: 11_975, popular: 370 }, sentence: 'Arm personalised is better than popular: lists clicked 12.78 % against 11.54 %, a difference between +0.49 points and +1.99 points (+4.1 % to +18.0 %). Let it run: a holdout tells for as long as it lasts what recommendation is worth.',
  arms: results.arms.map((arm) => ({
    ...arm, arm: 'popular', conclusion: 'worse', groups: arm.groups.map((one) => ({ ...one, difference: -one.difference!, interval: [-one.interval![1], -one.interval![0]] as [number, number] })),
    primary: { ...arm.primary!, control: 0.1278, arm: 0.1154, difference: -0.0124, interval: [-0.0199, -0.0049], series: arm.primary!.series!.map((moment) => ({ ...moment, difference: -moment.difference, lower: -moment.upper, upper: -moment.lower })) },
  })),
};

const TOPICS: [string, number, number, number][] = [
  ['climate', 14, 2140, 2.94], ['football', 22, 2230, 2.1], ['science', 30, 2180, 1.52], ['health', 26, 1510, 1.21], ['economy', 61, 2980, 1.02], ['harbour', 40, 1840, 0.97],
  ['politics', 88, 3300, 0.78], ['culture', 47, 1240, 0.55], ['letters', 21, 350, 0.35], ['notices', 33, 270, 0.17],
];

/** Topics whose names are hostile, among others. */
const hostileTopics = (by: string, days: number): Topics => {
  const all = topics(by, days);
  const names = [HOSTILE_TITLE, LONG_TITLE, RIGHT_TO_LEFT];
  return { ...all, topics: all.topics.map((topic, at) => ({ ...topic, topic: names[at] ?? topic.topic })) };
};

export const topics = (by: string, days: number): Topics => ({
  by, days,
  topics: [
    ...TOPICS.map(([topic, supply, demand, times], at) => {
      const spread = Math.exp(1.96 * Math.sqrt(1.4 / demand + 1 / supply));
      return {
        topic, supply, demand, times, lower: times / spread, upper: times * spread, wanted: { times: 0.9 * times, lower: (0.9 * times) / spread, upper: 0.9 * times * spread },
        trend: { direction: at === 0 || at === 3 ? 'rising' as const : at === 7 ? 'fading' as const : 'steady' as const, ratio: at === 0 ? 2.6 : at === 3 ? 1.7 : at === 7 ? 0.48 : 1.1, z: at === 0 ? 7.2 : 1, listed: [0, 3, 7].includes(at) },
      };
    }),
    { topic: 'chess', supply: 1, demand: null, times: null, lower: null, upper: null, wanted: null, trend: null },
  ],
});

export const catalogue: Catalogue = {
  modelVersion: 4711, items: 640, available: 600, shown: 402, interactedWith: 377, coverage: 0.67, gini: 0.62, topShare: 0.14, days: 7,
  neverShown: { count: 148, reasons: [{ reason: 'never-a-candidate', count: 96 }, { reason: 'no-text', count: 31 }, { reason: 'outranked', count: 21 }] },
  timeToFirstShowing: { items: 83, medianSeconds: 320, p90Seconds: 5400 },
};

export const lakeQueries: LakeQueries = {
  lake: true,
  queries: [
    { name: 'events-by-day', question: 'Events and people by day and type.' },
    { name: 'retention', question: 'People by the week of their first event and the weeks until a later one.' },
  ],
};

export const lakeAnswer: LakeAnswer = {
  ...lakeQueries.queries[0]!,
  askedAt: '2026-11-25T02:14:09Z',
  days: 28,
  whole: true,
  columns: ['occurred_day', 'type', 'events', 'people'],
  rows: [
    { occurred_day: '2026-11-24', type: 'click', events: '5120', people: '811' },
    { occurred_day: '2026-11-24', type: 'save', events: '64', people: null },
  ],
};
const hostileLakeAnswer: LakeAnswer = { ...lakeAnswer, rows: [HOSTILE_TITLE, LONG_TITLE, RIGHT_TO_LEFT].map((type) => ({ occurred_day: '2026-11-24', type, events: '1', people: '1' })) };

export const segments: Segments = {
  people: 1203, drawn: '2026-03-01',
  segments: [
    { id: 's3', name: 'climate, science', people: 423, share: 0.35, tags: [{ tag: 'climate', lift: 4.1, people: 402 }, { tag: 'science', lift: 2.6, people: 300 }] },
    { id: 's1', name: 'football', people: 390, share: 0.33, tags: [{ tag: 'football', lift: 3.3, people: 387 }] },
    { id: 's7', name: 's7', people: 390, share: 0.32, tags: [] },
  ],
};

/** Names that a catalogue can make. */
const hostileSegments: Segments = { ...segments, segments: segments.segments.map((one, at) => ({ ...one, name: [HOSTILE_TITLE, LONG_TITLE, RIGHT_TO_LEFT][at] ?? one.name })) };

const TITLES = ['River peaks two metres above its mean', 'What the new tram line costs', 'Sea ice, month by month', 'The last printer of the old town', 'Cup final ends in the rain', 'Bread, and what it is made of'];

export function content(order: string): ContentList {
  const base = TITLES.map((title, at) => ({ itemId: `c-${at}`, title, publishedAt: ago(90_000 * (at + 1)) }));
  switch (order) {
    case 'attention':
      return { order, items: base.map((item, at) => ({ ...item, attentionSeconds: 142 - 17 * at, readings: 400 - 50 * at, expectedSeconds: 150, ofExpected: at === 4 ? null : (142 - 17 * at) / 150, deepShare: 0.7 - 0.1 * at })) };
    case 'rising':
      return { order, items: [...base.slice(0, 4)].map((item, at) => ({ ...item, users: 88 - 14 * at, usersBefore: 21 + 3 * at, ratio: 4.1 - 0.5 * at, z: 9 - at })) };
    case 'never-shown':
      return { order, items: base.map((item, at) => ({ ...item, reason: ['never-a-candidate', 'no-text', 'outranked'][at % 3] as string })) };
    default:
      return { order: 'shown-in-vain', items: base.slice(0, 5).map((item, at) => ({ ...item, shown: 5200 - 800 * at, clicks: 40 - 5 * at, clickRate: 0.0077, clickRateUpper: 0.0105 + 0.001 * at, placementRate: 0.031 })) };
  }
}

/** What a catalogue can make of a page: markup, no space, right to left, no title. */
const hostileContent = (order: string): ContentList => {
  const list = content(order);
  const titles = [HOSTILE_TITLE, LONG_TITLE, RIGHT_TO_LEFT, null, 'javascript:alert(1)'];
  return { ...list, items: list.items.map((item, at) => ({ ...item, title: at < titles.length ? (titles[at] as string | null) : item.title ?? null })) };
};

const WEIGHTS: Record<string, Record<string, number>> = {
  thin: { popularity: 0.41, trending: 0.22, country: 0.16, new: 0.14, device: 0.05 },
  medium: { 'co-occurrence': 0.3, content: 0.22, popularity: 0.2, trending: 0.12, new: 0.1, followed: 0.04 },
  long: { 'co-occurrence': 0.34, factors: 0.21, 'next-item': 0.12, content: 0.13, popularity: 0.08, new: 0.06, followed: 0.06 },
};

export const sources: Sources = {
  modelVersion: 4711,
  situations: Object.entries(WEIGHTS).map(([situation, weights], at) => ({
    situation, sentence: ['Users with at most 3 items in their history.', 'Users with 4 to 15 items in their history.', 'Users with more than 15 items in their history.'][at] as string,
    sources: Object.entries(weights).map(([source, weight], place) => ({ source, weight, ...(place === 4 ? {} : { performance: 0.33 - 0.04 * place }) })),
  })),
  history: Object.entries(WEIGHTS).flatMap(([situation, weights]) =>
    Array.from({ length: 24 }, (_, at) => ({
      at: iso(NOW - 3_600_000 * (24 - at)), situation,
      weights: Object.fromEntries(Object.entries(weights).map(([source, weight], place) => [source, weight * (1 + 0.25 * Math.sin(at / 4 + place))])),
    })),
  ),
};

export const quality: Quality = {
  asOf: ago(0), source: 'process', refusals: [{ code: 'occurred-at-too-old', count: 44 }, { code: 'unknown-type', count: 19 }, { code: 'rate-exceeded', count: 8 }],
  quarantine: [{ reason: 'given-up', count: 1, oldest: ago(600) }, { reason: 'undecodable', count: 2, oldest: ago(7200) }], quarantineComplete: true,
  impressions: 22_210, impressionsWithoutToken: 210, clicksWithoutImpression: 32, clockSkew: { count: 41_000, p50Seconds: 1, p99Seconds: 62 },
  consent: [{ purpose: 'personalisation', share: 0.81 }, { purpose: 'analytics', share: 0.74 }], duplicates: 18,
};

/** What AWS answers where nothing happened: codes are not counted, and nothing is measured of no events. */
const emptyQuality: Quality = { asOf: ago(0), source: 'cloudwatch', refused: 0, quarantine: [], quarantineComplete: true, impressions: 0, impressionsWithoutToken: 0, clicksWithoutImpression: 0, duplicates: 0 };

/** More in quarantine than is counted, and refusals without their codes. */
const fullQuality: Quality = { ...emptyQuality, refused: 44, quarantine: [{ reason: 'undecodable', count: 1000, oldest: ago(7200) }], quarantineComplete: false };

export const told = (userId: string): Told => ({
  userId,
  profile: { attributes: { profession: 'sailor', interests: ['weather', 'football'] }, consent: { personalisation: true, analytics: false }, aliases: [] },
  interactions: TITLES.map((title, at) => ({ eventId: `e-${at}`, type: ['click', 'dwell', 'like'][at % 3] as string, itemId: `c-${at}`, title, occurredAt: ago(60 + 700 * at), strength: 1 })),
  list: {
    personalised: true, model: { version: 4711 }, reflects: 38, segment: { id: 's3', name: 'cooking, soups' },
    items: [HOSTILE_TITLE, LONG_TITLE, RIGHT_TO_LEFT, ...TITLES].map((title, at) => ({ itemId: `l-${at}`, title, reasons: REASONS, movedBy: at % 2 ? [] : [{ type: 'click', itemId: 'c-1', title: TITLES[1] as string, lift: 0.4 }] })),
    sources: [{ source: 'co-occurrence', found: 200, kept: 181 }, { source: 'content', found: 100, kept: 92 }, { source: 'popularity', found: 100, kept: 88 }],
    filters: [{ filter: 'seen', removed: 39 }, { filter: 'availability', removed: 0 }],
  },
});

export interface Scene {
  hostile?: boolean;
  /** Whether there is more in quarantine than is counted. */
  overfull?: boolean;
  /** Whether the pages are served by the demo of the local cloud. */
  demo?: boolean;
  overview?: Overview;
  withoutExperiments?: boolean;
  /** What the experiment shows. */
  results?: ExperimentResults;
  failing?: boolean;
  /** A path that is never answered. */
  pending?: string;
  silent?: boolean;
  unauthorized?: boolean;
}

/** Rows of each page of a list as CSV. */
const CSV_ROWS = 4;

/** A page of a list as CSV, with the next one in the header Link. */
function csvOf(list: readonly object[], query: URLSearchParams): ApiReply {
  const from = Number(query.get('after') ?? 0);
  const columns = [...new Set(list.flatMap((entry) => Object.keys(entry)))];
  const line = (cells: unknown[]) => `${cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`;
  const rows = list.slice(from, from + CSV_ROWS).map((entry) => line(columns.map((column) => (entry as Record<string, unknown>)[column])));
  const next = new URLSearchParams(query);
  next.set('after', String(from + CSV_ROWS));
  return {
    headers: { 'Content-Type': 'text/csv; charset=utf-8; header=present', ...(from + CSV_ROWS < list.length ? { Link: `<?${next}>; rel="next"` } : {}) },
    body: columns.join(',') + '\r\n' + rows.join(''),
  };
}

/** Members with the main list of a route. */
const MAIN_LISTS: Record<string, string> = { topics: 'topics', items: 'items', outcomes: 'rows', trending: 'items', 'lake/events-by-day': 'rows' };

export const dashboardApi = (scene: Scene = {}): ApiOf => (request) => {
  const reply = jsonOf(scene, request);
  const main = MAIN_LISTS[request.path.replace('/v1/insights/', '')];
  return request.headers.accept === 'text/csv' && main !== undefined && reply?.body !== undefined && reply.status === undefined
    ? csvOf((reply.body as Record<string, object[]>)[main] ?? [], request.query)
    : reply;
};

const jsonOf = (scene: Scene, request: ApiRequest): ApiReply | undefined => {
  if (scene.silent || scene.pending === request.path) {
    return { never: true };
  }
  if (scene.unauthorized) {
    return { status: 401, body: {} };
  }
  if (scene.failing) {
    return { status: 503, body: { detail: 'A store did not respond in time; sending the request again is safe.' }, headers: { 'Freshet-Trace-Id': '4bf92f3577b34da6a3ce929d0e0e4736' } };
  }
  const empty = scene.overview === nothing;
  const tagged = (body: unknown): ApiReply => {
    const etag = `W/"${JSON.stringify(body).length}"`;
    return request.headers['if-none-match'] === etag ? { status: 304, headers: { ETag: etag } } : { body, headers: { ETag: etag } };
  };
  switch (request.path) {
    case '/v1/insights/overview':
      return tagged(scene.overview ?? overview);
    case '/v1/insights/outcomes':
      return tagged(empty ? { ...range, rows: [], unseenClicks: 0 } : outcomes(request.query.get('by') ?? '', request.query.get('from') ?? undefined, request.query.get('to') ?? undefined));
    case '/v1/insights/catalogue':
      return tagged(empty ? { ...catalogue, items: 0, available: 0, shown: 0, interactedWith: 0, coverage: null, gini: null, topShare: null, neverShown: { count: 0, reasons: [] }, timeToFirstShowing: null } : catalogue);
    case '/v1/insights/topics':
      return tagged(empty ? { by: 'tag', days: 7, topics: [] } : (scene.hostile ? hostileTopics : topics)(request.query.get('by') ?? 'tag', Number(request.query.get('days') ?? 7)));
    case '/v1/insights/items': {
      const order = request.query.get('order') ?? '';
      return tagged(empty ? { order, items: [] } : scene.hostile ? hostileContent(order) : content(order));
    }
    case '/v1/segments':
      return tagged(empty ? { people: 0, segments: [] } : scene.hostile ? hostileSegments : segments);
    case '/v1/insights/lake':
      return tagged(empty ? { ...lakeQueries, lake: false } : lakeQueries);
    case '/v1/insights/lake/events-by-day':
      return tagged(scene.hostile ? hostileLakeAnswer : lakeAnswer);
    case '/v1/insights/lake/retention':
      return { status: 404, body: { code: 'no-answer-yet', detail: 'The lake was not asked yet.' } };
    case '/v1/insights/trending':
      return tagged(empty ? { items: [] } : trending);
    case '/v1/insights/sources':
      return tagged(empty ? { modelVersion: 0, situations: [], history: [] } : sources);
    case '/v1/insights/flow':
      return tagged(empty ? { source: 'none', step: 'PT1H', steps: [] } : flowHistory(Number(request.query.get('hours') ?? 24)));
    case '/v1/insights/quality':
      return tagged(empty ? emptyQuality : scene.overfull ? fullQuality : quality);
    case '/_freshet/users':
      return scene.demo ? { body: { users: ['u-1', 'u-2', 'u-3'] } } : undefined;
    case '/_freshet/users/u-1':
      return scene.demo ? { body: told('u-1') } : undefined;
    case '/v1/insights/experiments':
      return tagged({ experiments: scene.withoutExperiments ? [] : [{ id: 'ranker', version: 2, status: 'running', holdout: false }, { id: 'older', version: 1, status: 'stopped', holdout: false }, { id: 'worth', version: 1, status: 'running', holdout: true }] });
    case '/v1/insights/experiments/worth':
      return tagged(held);
    case '/v1/insights/experiments/ranker':
    case '/v1/insights/experiments/older':
      return tagged(scene.results ?? results);
    case '/v1/insights/experiments/ranker/changes':
      return tagged({ changes });
    case '/v1/insights/experiments/worth/changes':
    case '/v1/insights/experiments/older/changes':
      return tagged({ changes: [] });
    default:
      return undefined;
  }
};

/** An API that keeps the definitions that are put, under keys for experiments alone, and refuses a stop that another one came before. */
export function experimentsApi(): ApiOf {
  const kept = new Map<string, Definition>([['ranker', definition]]);
  const log = new Map<string, ExperimentChanges['changes']>([['ranker', changes]]);
  return (request) => {
    const [, id = '', part] = /^\/v1\/(?:insights\/)?experiments(?:\/([^/]+))?(\/changes)?$/.exec(request.path) ?? [];
    const found = kept.get(id);
    if (request.path === '/v1/insights/experiments') {
      return { body: { experiments: [...kept.values()].map((one) => ({ id: one.id, version: one.version, status: one.status, holdout: false })) } };
    }
    if (part !== undefined) {
      return { body: { changes: log.get(id) ?? [] } };
    }
    if (request.path === `/v1/insights/experiments/${id}`) {
      return { body: { ...results, id, version: found?.version, status: found?.status, definition: found } };
    }
    if (request.path !== `/v1/experiments/${id}`) {
      return dashboardApi()(request);
    }
    if (!request.headers.authorization?.startsWith('Bearer fek_')) {
      return { status: 403, body: { detail: 'This credential may not call this route.', code: 'not-permitted' } };
    }
    if (request.method === 'GET') {
      return found === undefined ? { status: 404, body: { code: 'unknown-experiment' } } : { body: found };
    }
    const next = request.body as Definition;
    if (found !== undefined && next.version <= found.version) {
      return { status: 409, body: { detail: `The stored version is ${found.version}; send a higher one.`, code: 'version-not-higher' }, headers: { 'Freshet-Trace-Id': '4bf92f3577b34da6a3ce929d0e0e4736' } };
    }
    kept.set(id, next);
    log.set(id, [{ at: ago(0), by: 'abcdefgh9k2d ann', version: next.version, status: next.status, traffic: next.traffic ?? 1 }, ...(log.get(id) ?? [])]);
    return { body: { id, version: next.version, status: next.status } };
  };
}

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
export function playgroundApi(demo = true, world: 'newspaper' | 'shop' = 'newspaper'): ApiOf {
  const catalogue: readonly { itemId: string; title: string }[] = world === 'shop' ? products(HOSTILE_TITLE) : ARTICLES;
  let latest: string | undefined;
  let events = 0;
  return (request) => {
    const body = request.body as { events?: { type: string; eventId: string }[]; list?: string; anonymousId?: string } | undefined;
    if (request.path === '/_freshet/world') {
      return demo ? { body: { ...words(world), catalogue, ...(world === 'shop' ? { otherSiteAt: 'http://127.0.0.1:8787/#key=fpk_a' } : {}) } } : undefined;
    }
    if (request.path.startsWith('/_freshet/readers/')) {
      if (demo && request.method === 'DELETE') {
        latest = undefined;
        events = 0;
      }
      return !demo
        ? undefined
        : request.method === 'DELETE'
          ? { body: { erasedAt: iso(NOW), removed: [{ store: 'users', what: 'profiles', count: 1, complete: true }], remaining: [{ place: 'events-stream', until: iso(NOW + 86_400_000), what: 'records of the stream' }] } }
          : { body: { consent: { personalisation: true, analytics: false }, similar: { people: 20, tags: [{ tag: 'science' }, { tag: HOSTILE_TITLE }] }, interactions: [{ eventId: 'e', type: 'click', itemId: 'a-1', occurredAt: ago(30) }] } };
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
            itemId, title: catalogue.find((one) => one.itemId === itemId)?.title, reasons: REASONS,
            movedBy: events > 0 ? [{ type: 'click', itemId: 'a-1', at: ago(5), lift: 0.3 }] : [],
          })),
        },
      };
    }
    return undefined;
  };
}
