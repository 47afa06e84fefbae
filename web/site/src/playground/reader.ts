// A visitor of the site: an anonymous id that is kept in this browser, and what it sends and asks.

import type { Api } from '../api';

/** Prefix of the ids for which a publishable key may send events. */
const ANONYMOUS = 'anon-';

export interface Reason {
  source: string;
  share: number;
  contribution: number;
  text: string;
  because?: string;
}

export interface MovedBy {
  type: string;
  itemId?: string;
  target?: { kind: string; id: string };
  at: string;
  /** How much lower the score of the item would be without the event, in log odds. */
  lift: number;
}

export interface ListedItem {
  itemId: string;
  title?: string;
  reasons: Reason[];
  movedBy?: MovedBy[];
}

export interface RecommendedList {
  items: ListedItem[];
  exposure: string;
  model: { version: number; ageMs: number };
  reflects?: { events: number; latestEventId?: string };
  degraded: boolean;
  degradedReasons: string[];
}

export interface EventFields {
  target?: { kind: 'item'; id: string };
  items?: string[];
  exposure?: string;
  value?: number | { amount: number; currency: string };
  retracts?: string;
}

interface Accepted {
  rejected?: { detail: string }[];
}

/** Members of requests that say where and when somebody reads. */
export function context(): { device: string; locale: string; localHour: number } {
  return {
    device: matchMedia('(max-width: 700px)').matches ? 'mobile' : 'desktop',
    locale: navigator.language,
    localHour: new Date().getHours(),
  };
}

/** Returns the id that this browser keeps under a name, or keeps a new one. */
export function keptReader(name: string): string {
  const kept = localStorage.getItem(name);
  return kept?.startsWith(ANONYMOUS) ? kept : newReader(name);
}

/** Keeps a new id under a name. */
export function newReader(name: string): string {
  const id = ANONYMOUS + crypto.randomUUID();
  localStorage.setItem(name, id);
  return id;
}

export class Reader {
  private readonly session = crypto.randomUUID();

  constructor(
    private readonly api: Api,
    readonly id: string,
    /** The filter of every list, or undefined. */
    private readonly filter?: unknown,
  ) {}

  /** Sends one event; resolves to its id once it is durably accepted. */
  async send(type: string, fields: EventFields): Promise<string> {
    const eventId = crypto.randomUUID();
    const now = new Date().toISOString();
    const answer = await this.api.call<Accepted>('/v1/events', {
      method: 'POST',
      body: {
        sentAt: now,
        events: [{ eventId, type, anonymousId: this.id, sessionId: this.session, occurredAt: now, context: context(), ...fields }],
      },
    });
    const refused = answer.rejected?.[0];
    if (refused !== undefined) {
      throw new Error(refused.detail);
    }
    return eventId;
  }

  /** Asks for this reader's recommendations. */
  recommend(count: number): Promise<RecommendedList> {
    return this.api.call('/v1/recommendations', {
      method: 'POST',
      body: { anonymousId: this.id, count, placement: 'playground', context: context(), filter: this.filter },
    });
  }

  /** Asks until the answer reflects the event, for at most five seconds. */
  async recommendReflecting(eventId: string, count: number): Promise<{ list: RecommendedList; reflected: boolean }> {
    const giveUp = performance.now() + 5000;
    for (;;) {
      const list = await this.recommend(count);
      const reflected = list.reflects?.latestEventId === eventId;
      if (reflected || performance.now() > giveUp) {
        return { list, reflected };
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
}

/** Asks for what most people read, which is the same for everybody. */
export function mostRead(api: Api, count: number, filter?: unknown): Promise<RecommendedList> {
  return api.call('/v1/recommendations', { method: 'POST', body: { list: 'popular', count, placement: 'playground-most-read', filter } });
}
