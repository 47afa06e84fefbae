/** What a visitor agrees to. Without `personalisation` events leave no row and teach nothing. */
export interface Purposes {
  personalisation: boolean;
  analytics: boolean;
}

/** An amount of money, the `value` of a `purchase` or a `cart`. */
export interface Money {
  amount: number;
  currency: string;
}

/** Asks the site's server for a user token. Called before the first one expires, and once after a 401. */
export type GetToken = () => Promise<string>;

/** An event that the API refused for good. */
export interface Refusal {
  eventId: string;
  type: string;
  /** A code of docs/events.md, or of the problem that refused the whole request. */
  code?: string;
  detail?: string;
}

export interface Options {
  /** Address of the API, such as `https://abc.execute-api.eu-west-1.amazonaws.com/prod`. */
  endpoint: string;
  /** A publishable key, `fpk_…`. */
  key: string;
  /** The site's own id of an anonymous visitor: `anon-` and at least 22 random characters. */
  anonymousId?: string;
  /**
   * What this visitor has agreed to, or `'ask'` (the default): then nothing is stored or sent before `consent()` is
   * called. Global Privacy Control counts as a refusal of both purposes until `consent()` is called.
   */
  consent?: 'ask' | Purposes;
  /** Keeps up to 50 events in memory while consent is being asked for, in place of forgetting them. */
  hold?: boolean;
  /** Asks for the token of a user, where `identify` is not given a function of its own. */
  getToken?: GetToken;
  /** Returns the id of the item that the present page is about. Without it, `<meta name="freshet-item">` says so. */
  item?: () => string | undefined;
  /** Told of each event that was refused for good. */
  onRejected?: (refusal: Refusal) => void;
  /** What is measured by itself, besides what the page reports. */
  parts?: Part[];
}

/** What an event is about, and its other members. See docs/events.md for the values of each type. */
export interface Details {
  item?: string;
  author?: string;
  tag?: string;
  value?: number | Money;
  /** The `exposure` of the response that the event answers. Found by itself where the item was clicked in a list. */
  exposure?: string;
  /** The id of the event that this one undoes. */
  retracts?: string;
  /** Ids shown, in order; of an `impression`. */
  items?: string[];
  placement?: string;
  properties?: Record<string, string | number | boolean>;
  /** When it happened, in milliseconds since 1970, if not now. */
  at?: number;
}

/** A request for recommendations. Every member of `POST /v1/recommendations` may be given; these are the usual ones. */
export interface ListRequest {
  placement?: string;
  count?: number;
  /** The item that the visitor is looking at. */
  item?: string;
  list?: string;
  filter?: unknown;
  fields?: string[];
  /** Milliseconds after which the request is given up; 3,000 unless another number is given. */
  timeout?: number;
  [member: string]: unknown;
}

export interface RecommendedItem {
  itemId: string;
  position: number;
  title?: string;
  attributes?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface Recommendations {
  recommendationId: string;
  items: RecommendedItem[];
  /** To be returned with the events that the list leads to. */
  exposure?: string;
  [member: string]: unknown;
}

/** What has become of the events: each one made or taken over from a closed page is counted in one of these. */
export interface Stats {
  queued: number;
  accepted: number;
  refused: number;
  dropped: number;
}

export interface Tracker {
  /** Reports that a page is seen, and the item that it is about. */
  page(item?: string): void;
  /** Reports an event and returns its id, or `''` where the visitor has not agreed. */
  track(type: string, details?: Details): string;
  /** Says who the visitor is. What the same browser did before is joined to that user. */
  identify(userId: string, getToken?: GetToken): Promise<void>;
  /** Records what the visitor agrees to. Whatever is withdrawn is deleted from the browser at once. */
  consent(purposes: Purposes): void;
  /** Ends the session of a user: what follows is of a new anonymous visitor. To be called at each logout. */
  reset(anonymousId?: string): void;
  /** Sends what is waiting; fulfilled when that has been tried. */
  flush(): Promise<void>;
  stats(): Stats;
  /** Writes each request and its answer to the console. */
  debug(on: boolean): void;
  /** Asks for a list. What the visitor did a moment ago counts in it, even if it was not sent yet. */
  recommend(request?: ListRequest): Promise<Recommendations>;
}

/** Moments of a page's life that parts listen to. */
export interface Hooks {
  /** A page is hidden or left, or another view of a single-page application is about to begin: the last moment to report something. */
  leave: (() => void)[];
  /** A page or another view of a single-page application begins, which is about this item. */
  page: ((item?: string) => void)[];
}

/** Something that is measured by itself: it listens to the document and calls the tracker. */
export type Part = (tracker: Tracker, hooks: Hooks) => void;
