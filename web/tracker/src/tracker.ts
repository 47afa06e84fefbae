import { debug, isFinal, post } from './api.js';
import { isVisible, now, on, pageDocument, randomId, time } from './environment.js';
import { rank, URGENT } from './event.js';
import { exposureOf, remember } from './exposures.js';
import { add, clear, openQueue, queue, save, stats, takeOver } from './queue.js';
import { recommend } from './recommend.js';
import { allowsAny, configure, isPage, isRecording, purposes, refuse, said, settings } from './settings.js';
import { flush, hasBegun, leave, retry, serverNow, wake } from './sender.js';
import { forKeys, write } from './store.js';
import type { Details, GetToken, Hooks, Options, Purposes, Tracker } from './types.js';
import { join, reader, renew, signIn, user, visitor } from './visitor.js';

const SOON = 50;
const USUALLY = 5_000;
/** So many waiting events are sent soon. */
const MANY = 20;
/** Every so many milliseconds the queue is stamped, and those of pages that have gone are taken over. */
const TICK = 10_000;
const JOIN_AGAIN = 30_000;
const HELD = 50;

export const hooks: Hooks = { leave: [], page: [] };

/** The item that the page is about. */
export let pageItem: string | undefined;

let address: string | undefined;
let referrer: string | undefined;
/** What happened while consent was being asked for. */
let held: [string, Details][] = [];

export const track = (type: string, details: Details = {}): string => {
  if (!isRecording()) {
    if (settings.hold && said() == 'ask' && held.length < HELD) {
      held.push([type, { at: now(), ...details }]);
    }
    return '';
  }
  const { item, author, tag, at, ...others } = details;
  const eventId = randomId();
  if (item && details.exposure) {
    remember(item, details.exposure);
  }
  add({
    exposure: exposureOf(item),
    ...others,
    ...reader(),
    eventId,
    type,
    occurredAt: time(at ?? serverNow()),
    itemId: item,
    target: author ? { kind: 'author', id: author } : tag ? { kind: 'tag', id: tag } : undefined,
    context: { page: address, referrer, locale: navigator.language, localHour: new Date().getHours() },
    consent: purposes(),
  });
  wake(!hasBegun ? 0 : rank(type) == URGENT || queue.length >= MANY ? SOON : USUALLY);
  return eventId;
};

/** The start of an address, without query and fragment. */
const withoutQuery = (url: string): string => url.split(/[?#]/)[0].slice(0, 1000);

export const page = (item?: string): void => {
  hooks.leave.forEach((hook) => hook());
  pageItem = item;
  hooks.page.forEach((hook) => hook(item));
  if (isPage) {
    referrer = address ?? withoutQuery(pageDocument.referrer);
    address = withoutQuery(location.href);
  }
  track('view', { item });
};

/** Joins what the anonymous visitor did to the user, after it was sent. */
const joinUser = async (): Promise<void> => {
  const userId = user;
  if (userId && isRecording() && visitor().joined != userId) {
    const { anonymous } = visitor();
    await flush();
    const { _status } = await post('users/alias', { anonymousId: anonymous, userId }, userId);
    if (user == userId && isRecording()) {
      if (_status == 202 || isFinal(_status)) {
        join(userId);
      } else {
        setTimeout(joinUser, JOIN_AGAIN);
      }
    }
  }
};

const identify = async (userId: string, getToken: GetToken | undefined = settings.getToken): Promise<void> => {
  const joined = isRecording() && visitor().joined;
  if (joined && joined != userId) {
    renew();
  }
  signIn(userId, getToken);
  retry();
  await joinUser();
};

const reset = (anonymousId?: string): void => {
  flush();
  signIn();
  settings.anonymousId = anonymousId;
  write('from');
  if (isRecording()) {
    renew(anonymousId);
  }
};

const consent = (given: Purposes): void => {
  const before = purposes();
  const isRefused = !allowsAny(given);
  if (isRefused || given.personalisation < before.personalisation || given.analytics < before.analytics) {
    clear();
    forKeys('', write);
  }
  refuse(isRefused);
  if (!isRefused) {
    write('consent', given);
    takeOver();
    held.forEach((call) => track(...call));
    joinUser();
  }
  held = [];
};

/** Listens to the end of the page, and sends and stores what there is while there is time. */
const listen = (): void => {
  const end = (stamp?: number): void => {
    hooks.leave.forEach((hook) => hook());
    leave();
    save(stamp);
  };
  // A page that is left is hidden after `pagehide`, not before.
  let gone: number | undefined;
  on('visibilitychange', () => isVisible() || end(gone));
  on('pagehide', () => end((gone = 0)));
  on('pageshow', () => (gone = undefined));
  on('online', retry);
  on('storage', ({ key, newValue }: StorageEvent) => {
    // Another tab has withdrawn consent.
    if (key == 'freshet.id' && !newValue) {
      clear();
      refuse(true);
    }
  });
  const tick = (): void => {
    if (isRecording()) {
      save();
      takeOver();
      // What the page before has left goes at once: a visitor who leaves page after page would never see it answered.
      wake(hasBegun ? USUALLY : 0);
    }
  };
  setInterval(tick, TICK);
  tick();
};

/** Makes the tracker of the page. On a server, where there is no document, it records nothing. */
export const createTracker = (options: Options): Tracker => {
  configure(options);
  const tracker = { page, track, identify, consent, reset, flush, debug, recommend, stats: () => ({ ...stats, queued: queue.length }) };
  if (isPage) {
    openQueue();
    listen();
    options.parts?.forEach((part) => part(tracker, hooks));
  }
  return tracker;
};
