import { now, once, randomId } from './environment.js';
import { CHARACTERS, MENDED, rank, SENDING, TRIED, type Event } from './event.js';
import { forKeys, read, write } from './store.js';
import type { Stats } from './types.js';

/*
 * A queue of events that outlives its page.
 *
 * Each page writes one key of its own, so that no two ever write the same one. It stamps the key every ten seconds; whoever finds a
 * key that was not stamped for thirty copies the events and removes it. Two pages may so send the same event: the API counts it once,
 * by its id, reader and time, which never change.
 */

/** At most so many events wait. */
const MOST = 500;
/** At most so many characters wait: 256 KB in a browser that stores two bytes for each. */
const MAX_CHARACTERS = 128 * 1024;
const SAVE_AFTER = 200;
const ORPHAN_AFTER = 30_000;

export const stats: Omit<Stats, 'queued'> = { accepted: 0, refused: 0, dropped: 0 };
export let queue: Event[] = [];

let key: string;
let characters = 0;

export const openQueue = (): void => {
  key = 'q.' + randomId();
};

/** Writes to the store; as a page leaves with the stamp 0, so that the next page takes the events over at once. */
export const save = (stamp = now()): void => write(key, queue[0] && [stamp, ...queue]);

const saveSoon = once(save, SAVE_AFTER);

/** Keeps some events and returns how many went. */
export const keep = (which: (event: Event) => unknown): number => {
  const before = queue.length;
  characters = 0;
  queue = queue.filter((event) => which(event) && (characters += event[CHARACTERS]!));
  saveSoon();
  return before - queue.length;
};

/** Takes an event out. */
export const remove = (event: Event): unknown => keep((other) => other != event);

export const clear = (): unknown => keep(() => false);

export const add = (event: Event, tried?: boolean): void => {
  characters += event[CHARACTERS] = JSON.stringify(event).length;
  event[TRIED] = tried;
  event[MENDED] = 0;
  queue.push(event);
  while (queue.length > MOST || characters > MAX_CHARACTERS) {
    stats.dropped++;
    remove(queue.reduce((one, other) => (!other[SENDING] && (one[SENDING] || rank(other.type) < rank(one.type)) ? other : one)));
  }
  saveSoon();
};

/** Takes over what pages that have gone have left. */
export const takeOver = (): void =>
  forKeys('q.', (other) => {
    const [stamp, ...events] = Object.values<any>(read(other) ?? 0);
    if (other != key && !(Math.abs(now() - stamp) < ORPHAN_AFTER)) {
      events.forEach((event) => {
        if (event?.eventId && !queue.some(({ eventId }) => eventId == event.eventId)) {
          add(event, true);
        }
      });
      save();
      write(other);
    }
  });
