// What the routes under /v1/insights answer, as far as the pages use it.

export interface Check {
  check: string;
  ok: boolean;
  sentence: string;
}

export interface DayFigures {
  day: string;
  lists: number;
  listsClicked: number;
  clicks: number;
  conversions: number;
  unseenClicks: number;
}

/** What went through the stack in the last minutes, where the process that answers knows it. */
export interface Flow {
  source: 'cloudwatch' | 'process' | 'none';
  asOf: string;
  minutes: number;
  acceptedPerMinute: { at: string; events: number }[];
  recommendationsPerMinute: { at: string; count: number }[];
  /** Absent where no event came. */
  freshness?: Freshness | null;
  consumers: { name: string; lagMs: number }[];
  recommendations: { count: number; degraded: number; p50Ms?: number | null; p99Ms?: number | null };
  /** Absent where what the API answers is not measured. */
  requests?: { total: number; clientErrors: number; serverErrors: number; throttled: number };
  refused: number;
  quarantined: number;
  duplicates: number;
}

/** Times from the receipt of an event to the row that the next list reads. */
export interface Freshness {
  count: number;
  p50Ms: number;
  p99Ms: number;
  /** Counts between the bound before, or 0, and this one; null is without a bound. */
  histogram: { upToMs: number | null; count: number }[];
}

export interface Overview {
  model: { version: number; madeAt?: string; newestEvent?: string; items: number; beyondBounds: number };
  events: { total: number; byType: Record<string, number>; perMinute?: number };
  days: DayFigures[];
  healthy: Check[];
  flow?: Flow | null;
}

/** `GET /v1/insights/trending` */
export interface Trending {
  /** The begin of the present window. */
  from?: string;
  items: { itemId: string; title?: string; users: number; usersBefore: number }[];
}

export interface OutcomeRow {
  day?: string;
  /** The begin of an hour. */
  hour?: string;
  placement?: string;
  arm?: string;
  segment?: string;
  segmentName?: string;
  source?: string;
  position?: number;
  lists?: number;
  listsClicked?: number;
  places: number;
  clicks: number;
  conversions: number;
  revenue?: Record<string, number>;
  revenuePerThousandLists?: Record<string, number>;
  /** Of the share of lists that were clicked, or of clicks on places; by buckets of readers, or as if each list had another. */
  interval?: { lower: number; upper: number; method: 'buckets' | 'lists' };
  final: boolean;
}

export interface Outcomes {
  from: string;
  to: string;
  rows: OutcomeRow[];
  unseenClicks: number;
  /** What to mind when reading the rows. */
  note?: string;
  /** The oldest hour that is kept, where rows are of hours. */
  hoursFrom?: string;
  /** Present rules; of other interactions than those of `weights` each weighs 1 when the model learns from it. */
  countedBy: { conversionTypes: string[]; clickWindowHours: number; viewThroughHours: number; weights: Record<string, number> };
  asOf: { modelVersion: number; newestEvent: string };
}

export interface KnownExperiments {
  experiments: { id: string; version: number; status: 'draft' | 'running' | 'stopped'; holdout: boolean }[];
}

/** The definition of an experiment, as it is put (docs/experiments.md). */
export interface Definition {
  id: string;
  version: number;
  status: 'draft' | 'running' | 'stopped';
  layer: string;
  salt: string;
  traffic?: number;
  plannedUsers: number;
  target?: Record<string, string[]>;
  arms: { id: string; weight: number; [setting: string]: unknown }[];
  metrics: { primary: string; margin?: number; window?: string };
}

/** `GET /v1/insights/experiments/{id}/changes`, the latest first. */
export interface ExperimentChanges {
  changes: { at: string; by: string; version: number; status: Definition['status']; traffic: number }[];
}

export interface Comparison {
  metric: string;
  /** The metric in words. */
  name: string;
  control?: number;
  arm?: number;
  difference?: number;
  interval?: [number, number];
  /** The difference and its confidence sequence at earlier moments. */
  series?: { at: string; n: number; difference: number; lower: number; upper: number }[];
  lift?: [number, number];
  /** Users of all arms from which on the interval would leave 0 if the difference stayed; absent where no number would do. */
  usersToDecide?: number;
}

export interface ExperimentResults {
  id: string;
  version: number;
  status: string;
  definition: Definition;
  conclusion: string;
  sentence: string;
  control: string;
  plannedUsers: number;
  enrolled: number;
  users: Record<string, number>;
  split: { alarm: boolean; chiSquareP?: number };
  crossed: number;
  crossedWarning: boolean;
  arms: {
    arm: string;
    conclusion: string;
    primary?: Comparison;
    guardrails: (Comparison & { state: string })[];
    secondary: (Comparison & { discovered: boolean })[];
    groups: (Comparison & { by: 'segment' | 'device'; group: string; groupName?: string; controlUsers: number; users: number; discovered: boolean })[];
  }[];
  /** How the groups are to be read. */
  groupsNote: string;
  asOf: { modelVersion: number; newestEvent: string };
}

export interface Catalogue {
  modelVersion: number;
  items: number;
  available: number;
  shown: number;
  interactedWith: number;
  /** Share of the available items that were shown in these days. */
  coverage: number | null;
  gini: number | null;
  /** Share of showings that the most shown hundredth of items had. */
  topShare: number | null;
  neverShown: { count: number; reasons: { reason: string; count: number }[] };
  timeToFirstShowing: { items: number; medianSeconds: number; p90Seconds: number } | null;
  days: number;
}

export interface Segment {
  id: string;
  name: string;
  people: number;
  /** Of all people of the sample, 0 to 1. */
  share: number;
  tags: { tag: string; lift: number; people: number }[];
}

/** Groups of users of alike tastes; the day is absent before the first drawing. */
/** `GET /v1/insights/lake` */
export interface LakeQueries {
  lake: boolean;
  queries: { name: string; question: string }[];
}

/** `GET /v1/insights/lake/{query}`: values are texts. */
export interface LakeAnswer {
  name: string;
  question: string;
  askedAt: string;
  days: number;
  whole: boolean;
  columns: string[];
  rows: Record<string, string | null>[];
}

export interface Segments {
  people: number;
  drawn?: string;
  segments: Segment[];
}

export interface Ratio {
  times: number | null;
  lower: number | null;
  upper: number | null;
}

export interface Topic extends Ratio {
  topic: string;
  supply: number;
  /** Null where it is more than none and too little to be told. */
  demand: number | null;
  /** The same of what was clicked against what was shown. */
  wanted: Ratio | null;
  trend: { direction: 'rising' | 'fading' | 'steady'; ratio: number; z: number; listed: boolean } | null;
}

export interface Topics {
  by: string;
  days: number;
  topics: Topic[];
}

export type ItemOrder = 'attention' | 'rising' | 'never-shown' | 'shown-in-vain';

/** An item of a list; members that the order does not have are absent. */
export interface ListedContent {
  itemId: string;
  title?: string | null;
  tags?: string[];
  publishedAt?: string | null;
  shown?: number;
  clicks?: number;
  clickRate?: number;
  clickRateUpper?: number;
  placementRate?: number;
  attentionSeconds?: number;
  readings?: number;
  expectedSeconds?: number | null;
  ofExpected?: number | null;
  /** Share of the readings that came to three quarters of the text or farther. */
  deepShare?: number | null;
  ratio?: number;
  z?: number;
  users?: number;
  usersBefore?: number;
  reason?: string;
}

export interface ContentList {
  order: ItemOrder;
  items: ListedContent[];
  next?: string | null;
}

export interface Situation {
  situation: string;
  sentence: string;
  /** Performance is the mean reciprocal rank that the source alone gives to what users chose; absent where it was not measured. */
  sources: { source: string; weight: number; performance?: number | null }[];
}

export interface Sources {
  modelVersion: number;
  situations: Situation[];
  history: { at: string; situation: string; weights: Record<string, number> }[];
}

/** What is not measured is absent. */
export interface Quality {
  asOf: string;
  source: string;
  refused?: number;
  refusals?: { code: string; count: number }[];
  quarantine?: { reason: string; count: number; oldest?: string | null }[];
  /** Whether all that is in quarantine was counted. */
  quarantineComplete?: boolean;
  impressions?: number;
  impressionsWithoutToken?: number | null;
  clicksWithoutImpression?: number | null;
  clockSkew?: { count: number; p50Seconds: number; p99Seconds: number } | null;
  consent?: { purpose: string; share: number }[] | null;
  duplicates?: number | null;
}

/** `GET /v1/insights/flow`: what was measured in steps; those in which nothing was are left out. */
export interface FlowHistory {
  source: Flow['source'];
  step: 'PT5M' | 'PT1H';
  steps: {
    at: string;
    accepted: number;
    lists: number;
    refused?: number;
    quarantined?: number;
    degraded?: number;
    requests?: { total: number; serverErrors: number; throttled: number };
    /** Refused events by code; absent where codes are not counted. */
    refusals?: { code: string; count: number }[];
    freshness?: { p50Ms: number; p99Ms: number };
    /** The health checks that the step fails by its counts. */
    failed: string[];
    /** Whether the functions have a higher version than in the step before. */
    deployed: boolean;
  }[];
}
