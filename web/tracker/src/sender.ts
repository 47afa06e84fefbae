import { isFinal, post } from './api.js';
import { now, time } from './environment.js';
import { AFTER, CHARACTERS, MENDED, SENDING, TRIED, type Event } from './event.js';
import { keep, queue, remove, stats } from './queue.js';
import { settings } from './settings.js';
import { lately, write } from './store.js';
import { getToken } from './visitor.js';

/*
 * Sends the queue, one request at a time, and acts on each kind of answer. A refused event is changed so that it becomes
 * acceptable, once, or dropped; a refused event has left no trace, so it is no second one if it goes again.
 */

/** Events of one request; after a refusal halved until the event that is to blame stands alone. */
const BATCH = 100;
/** A batch is cut before it exceeds this, so that two of them can outlive their page (see api.ts). */
const BATCH_CHARACTERS = 10 * 1024;
/** Events a minute. The API refuses for good what goes beyond 300. */
const PER_MINUTE = 240;
const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEK = 7 * 86_400_000;
const LONGEST_PAUSE = 5 * MINUTE;
const LATER = 5_000;
/** The reasons for which an event is changed: rate, exposure, time. */
const MENDS = 3;

let timer: ReturnType<typeof setTimeout>;
let due = Infinity;
let failures = 0;
let pausedUntil = 0;
let most = BATCH;
/** By how much the clock of this browser is ahead of the server's. */
let skew = 0;
let running: Promise<void> | undefined;
/** Users whose token was refused. Their events wait until somebody signs in or the network is back. */
let held: Record<string, boolean> = {};

/** Whether a request was made. */
export let hasBegun = false;

/** The time by the server's clock, as far as it is known. */
export const serverNow = (): number => now() - skew;

/** Sends within so many milliseconds. */
export const wake = (delay: number): void => {
  if (now() + delay < due) {
    due = now() + delay;
    clearTimeout(timer);
    timer = setTimeout(() => {
      due = Infinity;
      flush();
    }, delay);
  }
};

/** Waits for as long as the API says, else a random time up to a bound that doubles with each failure. */
const pause = (seconds: number): void => {
  pausedUntil = now() + (seconds * 1000 || Math.random() * Math.min(LONGEST_PAUSE, 1000 * 2 ** failures++));
};

/** Tries again at once, as when the network is back or a user has signed in. */
export const retry = (): void => {
  pausedUntil = 0;
  held = {};
  wake(0);
};

const shift = (event: Event, by: number): unknown =>
  (event.occurredAt = time(Math.min(Date.parse(event.occurredAt) - by, serverNow())));

/** Changes a refused event so that it can go again; false if there is nothing to change. */
const mend = (event: Event, code: string, ahead: number): unknown =>
  /^rate/.test(code)
    ? (event[AFTER] = now() + MINUTE)
    : /^expo/.test(code)
      ? delete event.exposure
      : /^occu/.test(code) && shift(event, ahead);

const reject = (event: Event, { code, detail }: { code?: string; detail?: string }): void => {
  const { eventId, type } = event;
  remove(event);
  stats.refused++;
  // In a task of its own, so that an error of the site's function is the site's.
  setTimeout(() => settings.onRejected?.({ eventId, type, code, detail }));
};

/** Reads an answer event by event: taken, refused, or, under 503, not placed in the stream. */
const settle = (batch: Event[], { receivedAt, rejected, notStored = [] }: any): void => {
  const ahead = receivedAt ? serverNow() - Date.parse(receivedAt) : 0;
  if (Math.abs(ahead) > DAY || rejected.some((refusal: any) => /^occu/.test(refusal.code))) {
    skew += ahead;
    queue.forEach((event) => event[TRIED] || shift(event, ahead));
  }
  batch.forEach((event, index) => {
    const refusal = rejected.find((one: any) => one.index == index);
    if (refusal) {
      (++event[MENDED]! <= MENDS && mend(event, refusal.code, ahead)) || reject(event, refusal);
    } else if (!notStored.includes(index)) {
      remove(event);
      stats.accepted++;
    }
  });
};

/** The next events of one reader, at most so many: of one that can be sent for now, and none that the API would find too old. */
const nextBatch = (left: number): Event[] => {
  stats.dropped += keep((event) => serverNow() - Date.parse(event.occurredAt) < WEEK);
  let reader: string | undefined;
  let room = BATCH_CHARACTERS;
  return queue.filter((event) => {
    const { userId, anonymousId = userId } = event;
    return (
      !event[SENDING] &&
      !(event[AFTER]! > now()) &&
      (reader ? reader == anonymousId : !userId || (getToken[userId] && !held[userId])) &&
      left-- > 0 &&
      ((room -= event[CHARACTERS]!) >= 0 || !reader) &&
      (reader = anonymousId)
    );
  });
};

/** Sends one batch; false when there is nothing to send, or the API is not to be asked now. */
const send = async (): Promise<boolean> => {
  // What all tabs together have sent within this minute: pairs of a time and a number of events.
  const sent: [number, number][] = lately('sent', MINUTE);
  const batch = nextBatch(now() < pausedUntil ? 0 : Math.min(most, sent.reduce((left, [, count]) => left - count, PER_MINUTE)));
  const [first] = batch;
  if (!first) {
    return false;
  }
  hasBegun = true;
  write('sent', [...sent, [now(), batch.length]]);
  batch.forEach((event) => (event[SENDING] = event[TRIED] = true));
  const { userId } = first;
  const { _status, _body, _wait } = await post('events', { sentAt: time(serverNow()), events: batch }, userId);
  batch.forEach((event) => (event[SENDING] = false));
  if (_body.rejected) {
    settle(batch, _body);
  }
  if (_status == 202) {
    failures = 0;
    most = BATCH;
  } else if (_status == 401 && userId) {
    held[userId] = true;
  } else if (isFinal(_status)) {
    most = batch.length >> 1;
    if (!most) {
      reject(first, _body);
      most = BATCH;
      pause(0);
    }
  } else {
    pause(_wait);
  }
  return true;
};

const drain = async (): Promise<void> => {
  while (await send()) {
    // The next batch.
  }
  running = undefined;
  if (queue[0]) {
    wake(Math.max(LATER, pausedUntil - now()));
  }
};

/** Sends what can be sent; fulfilled when nothing is left or the API is not to be asked now. */
export const flush = (): Promise<void> => (running ??= drain());

/** One request more, besides the one under way, as the page leaves. */
export const leave = (): unknown => (running ? send() : flush());
