import { now, randomId } from './environment.js';
import { settings } from './settings.js';
import { read, write } from './store.js';
import type { GetToken } from './types.js';

/** The visitor as this browser knows it: shared by all tabs. */
interface Visitor {
  anonymous: string;
  /** The user to whom the anonymous id was joined. */
  joined?: string;
  session: string;
  /** The time of the last activity, to within ten seconds. */
  seen: number;
}

const SESSION = 30 * 60_000;
const SEEN_EVERY = 10_000;
const DAY = 86_400_000;

/** The user who is signed in on this page. */
export let user: string | undefined;

/** What asks for the token of a user; without it nothing can be sent for them. */
export const getToken: Record<string, GetToken | undefined> = {};
const tokens: Record<string, string> = {};

export const signIn = (userId?: string, ask?: GetToken): void => {
  getToken[(user = userId)!] = ask;
};

/** Makes a new anonymous visitor. */
export const renew = (anonymous = 'anon-' + randomId()): Visitor => {
  const visitor = { anonymous, session: randomId(), seen: now() };
  write('id', visitor);
  return visitor;
};

/** The visitor, with a new session after half an hour without activity or on a new day. */
export const visitor = (): Visitor => {
  const { anonymousId } = settings;
  let kept: Visitor = read('id');
  if (typeof kept?.anonymous + typeof kept?.session != 'stringstring' || (anonymousId && anonymousId != kept.anonymous)) {
    kept = renew(anonymousId);
  }
  const idle = now() - kept.seen;
  if (idle > SEEN_EVERY) {
    if (idle > SESSION || (now() / DAY) ^ (kept.seen / DAY)) {
      kept.session = randomId();
    }
    kept.seen = now();
    write('id', kept);
  }
  return kept;
};

export const join = (joined: string): void => write('id', { ...visitor(), joined });

export interface Reader {
  userId?: string;
  anonymousId?: string;
  sessionId: string;
}

/** The reader of events and lists, as the API names it. */
export const reader = (): Reader => {
  const { anonymous, session: sessionId } = visitor();
  return user ? { userId: user, sessionId } : { anonymousId: anonymous, sessionId };
};

/** The key, or the token of a user: asked for again a minute before it ends, and where `again` says that it was refused. */
export const credential = async (userId?: string, again?: boolean): Promise<string | undefined> => {
  if (!userId) {
    return settings.key;
  }
  try {
    if (again || !tokens[userId] || endOf(tokens[userId]) < now() + 60_000) {
      tokens[userId] = await getToken[userId]!();
    }
    return tokens[userId];
  } catch {
    // The site's server gives none.
  }
};

/** The time at which a JSON Web Token ends, in milliseconds. */
const endOf = (token: string): number =>
  JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).exp * 1000;
