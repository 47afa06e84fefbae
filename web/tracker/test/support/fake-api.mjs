/**
 * Freshet's API as a page sees it, with the rules of docs/events.md and docs/access.md that concern a tracker. It stores rows in
 * memory, so that a test can compare them with what its script did.
 */
const DAY = 86_400_000;
const PATIENT = new Set(['view', 'scroll', 'dwell', 'submit', 'share', 'impression']);
const VALUED = new Set(['scroll', 'dwell', 'play', 'rating']);
const MAX_BYTES = 500_000;

export const KEY = 'fpk_test_0123456789';

/** A user token without a signature: the fake trusts what it says. */
export const userToken = (userId, endsAt) => {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ sub: userId, exp: Math.floor(endsAt / 1000) })}.x`;
};

export class FakeApi {
  /** Rows by reader, id and time; each with the number of times that it was put into the stream. */
  rows = new Map();
  requests = [];
  refusals = [];
  aliases = new Map();
  items = ['item-1', 'item-2', 'item-3', 'item-4', 'item-5'];
  #buckets = new Map();
  /** Called with each request before it is answered; what it returns is answered in place of the rules. */
  fault = () => undefined;
  /** Indexes of events that are not put into the stream. */
  notStored = () => [];

  constructor(now = Date.now) {
    this.now = now;
  }

  /** Answers `{status, headers, body}`. */
  handle({ method, path, headers, body }) {
    const request = { method, path, headers, body, at: this.now() };
    this.requests.push(request);
    const answer = this.fault(request) ?? this.#answer(request);
    request.status = answer.status;
    return answer;
  }

  /** Events as rows have them, in the order in which they came. */
  events(type) {
    return [...this.rows.values()].map((row) => row.event).filter((event) => !type || event.type === type);
  }

  /** Ids of events that lie in more than one row. */
  doubled() {
    const seen = new Map();
    for (const { event } of this.rows.values()) {
      seen.set(event.eventId, (seen.get(event.eventId) ?? 0) + 1);
    }
    return [...seen].filter(([, count]) => count > 1).map(([id]) => id);
  }

  #answer({ method, path, headers, body }) {
    if (method === 'OPTIONS') {
      return { status: 204, headers: { 'Access-Control-Max-Age': '7200' } };
    }
    const caller = this.#caller(headers.authorization ?? headers.Authorization ?? '');
    if (!caller) {
      return problem(401, 'unauthorized');
    }
    if (!/^application\/json/.test(headers['content-type'] ?? headers['Content-Type'] ?? '')) {
      return problem(415, 'unsupported-media-type');
    }
    if (Buffer.byteLength(body) > MAX_BYTES) {
      return problem(413, 'body-too-large');
    }
    let json;
    try {
      json = JSON.parse(body);
    } catch {
      return problem(400, 'not-json');
    }
    if (path.endsWith('/v1/events')) {
      return this.#collect(caller, json);
    }
    if (path.endsWith('/v1/recommendations')) {
      return this.#recommend(caller, json);
    }
    if (path.endsWith('/v1/users/alias')) {
      return this.#alias(caller, json);
    }
    return problem(404, 'no-route');
  }

  #caller(authorization) {
    const token = /^Bearer (.+)$/.exec(authorization)?.[1];
    if (token === KEY) {
      return {};
    }
    try {
      const { sub, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
      return exp * 1000 > this.now() - 30_000 ? { user: sub } : undefined;
    } catch {
      return undefined;
    }
  }

  #foreign(caller, { userId, anonymousId }) {
    if (userId != null && userId !== caller.user) {
      return problem(403, caller.user ? 'not-your-user' : 'not-your-anonymous-id');
    }
    if (anonymousId != null && !/^anon-.{22,}$/.test(anonymousId)) {
      return problem(403, 'not-your-anonymous-id');
    }
    return undefined;
  }

  #collect(caller, { sentAt, events }) {
    if (!Array.isArray(events) || !events.length) {
      return problem(400, 'no-events');
    }
    if (events.length > 500) {
      return problem(400, 'too-many-events');
    }
    if (new Set(events.map((event) => event.anonymousId)).size > 3) {
      return problem(400, 'too-many-anonymous-ids');
    }
    for (const event of events) {
      const refused = this.#foreign(caller, event);
      if (refused) {
        return refused;
      }
    }
    const notStored = this.notStored(events);
    const rejected = [];
    let accepted = 0;
    events.forEach((event, index) => {
      const code = this.#broken(event, sentAt);
      if (code) {
        rejected.push({ index, eventId: event.eventId, code, detail: code });
        this.refusals.push({ code, event });
      } else if (!notStored.includes(index)) {
        accepted++;
        const key = `${event.userId ?? event.anonymousId} ${event.eventId} ${event.occurredAt}`;
        const row = this.rows.get(key) ?? { event, correctedAt: this.#corrected(event, sentAt), times: 0 };
        row.times++;
        this.rows.set(key, row);
      }
    });
    const receivedAt = new Date(this.now()).toISOString();
    return notStored.length
      ? problem(503, 'events-not-stored', { notStored, accepted, rejected })
      : { status: 202, body: { accepted, rejected, receivedAt } };
  }

  #corrected({ occurredAt }, sentAt) {
    const skew = this.now() - Date.parse(sentAt);
    return Date.parse(occurredAt) + (Math.abs(skew) <= DAY ? skew : 0);
  }

  #broken(event, sentAt) {
    if (!event.eventId) {
      return 'missing-event-id';
    }
    if (event.userId == null && event.anonymousId == null) {
      return 'missing-user';
    }
    if (!/^[a-z][a-z0-9_-]{0,31}$/.test(event.type ?? '')) {
      return 'unknown-type';
    }
    if (typeof event.itemId === 'string' && (!event.itemId.trim() || event.itemId.length > 128)) {
      return 'malformed-id';
    }
    const corrected = this.#corrected(event, sentAt);
    if (corrected < this.now() - 7 * DAY) {
      return 'occurred-at-too-old';
    }
    if (corrected > this.now() + 5 * 60_000) {
      return 'occurred-at-in-future';
    }
    if (event.exposure != null) {
      const token = this.#token(event.exposure);
      if (!token) {
        return 'exposure-forged';
      }
      if (token.at < this.now() - 7 * DAY) {
        return 'exposure-expired';
      }
      if ([event.itemId ?? [], event.items ?? []].flat().some((id) => !token.items.includes(id))) {
        return 'exposure-mismatch';
      }
    }
    if (event.type === 'impression') {
      if (event.retracts != null) {
        return 'malformed-retraction';
      }
      if (!event.items?.length && event.exposure == null) {
        return 'missing-items';
      }
    } else if (!event.itemId && !event.target && !PATIENT.has(event.type)) {
      return 'missing-target';
    } else if (event.retracts == null && VALUED.has(event.type) !== (event.value != null) && event.type !== 'purchase') {
      return event.value == null ? 'missing-value' : 'unexpected-value';
    } else if (typeof event.value === 'number' && !(event.value >= 0)) {
      return 'value-out-of-range';
    }
    return this.#allows(event.userId ?? event.anonymousId) ? undefined : 'rate-exceeded';
  }

  /** A bucket of 300 events that refills within a minute, as in RateLimit.java. */
  #allows(user) {
    const bucket = this.#buckets.get(user) ?? { left: 300, at: this.now() };
    bucket.left = Math.min(300, bucket.left + ((this.now() - bucket.at) * 300) / 60_000);
    bucket.at = this.now();
    this.#buckets.set(user, bucket);
    return bucket.left >= 1 && --bucket.left >= 0;
  }

  exposure(items, at = this.now()) {
    return Buffer.from(JSON.stringify({ items, at })).toString('base64url');
  }

  #token(exposure) {
    try {
      return JSON.parse(Buffer.from(exposure, 'base64url'));
    } catch {
      return undefined;
    }
  }

  #recommend(caller, request) {
    const refused = this.#foreign(caller, request);
    if (refused) {
      return refused;
    }
    const items = this.items.slice(0, request.count ?? 20);
    return {
      status: 200,
      body: {
        recommendationId: 'r-1',
        items: items.map((itemId, index) => ({
          itemId,
          position: index + 1,
          title: `Title of ${itemId}`,
          attributes: { url: `/${itemId}.html`, imageUrl: `/${itemId}.png` },
        })),
        exposure: this.exposure(items),
        // Freshet ranks by the session; the fake only says what it was told.
        reflects: { session: (request.session?.items ?? []).map((item) => item.itemId) },
      },
    };
  }

  #alias(caller, { anonymousId, userId }) {
    if (!caller.user) {
      return problem(403, 'forbidden');
    }
    const refused = this.#foreign(caller, { userId, anonymousId });
    if (refused) {
      return refused;
    }
    const owner = this.aliases.get(anonymousId);
    if (owner && owner !== userId) {
      return problem(409, 'alias-taken');
    }
    this.aliases.set(anonymousId, userId);
    return { status: 202, body: {} };
  }
}

export const problem = (status, code, more = {}, headers = {}) => ({
  status,
  headers,
  body: { type: `about:${code}`, title: code, status, code, detail: `The fake says ${code}.`, ...more },
});
