import { type Http, later, type Settings } from './http.js';
import type { Event, NewEvent } from './operations.js';
import { FreshetProblem, noAnswer } from './problem.js';

/** Most characters of a request that has more than one event: at most 3 bytes each, and the API takes 500 KB. */
const BATCH_CHARACTERS = 160_000;

/** Whether the API says that events of the request are to blame, and not the credential, the stack or another server. */
function blamesEvents({ status, code, problem }: FreshetProblem): boolean {
  return (
    ([400, 413].includes(status) && typeof problem.code === 'string') ||
    (status === 403 && ['not-your-user', 'not-your-anonymous-id'].includes(code))
  );
}

/** The queue holds as many events as it may; the event was not added. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

/**
 * Events on their way to the API, one request at a time, in the order in which they were added. An event leaves the queue when
 * the API has taken or refused it; until then it is sent again, with the same `eventId`, so that the API counts it once. What a
 * request left over goes before what was added later. A request that the API refuses as a whole is halved until the event that
 * is to blame stands alone.
 */
export class EventQueue {
  readonly #http: Http;
  readonly #settings: Settings;
  /** Events as JSON, as they were when they were added. */
  readonly #queue: string[] = [];
  #most: number;
  #failures = 0;
  #pausedUntil = 0;
  #closed = false;
  #sending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;
  #idle: (() => void)[] = [];

  constructor(http: Http, settings: Settings) {
    this.#http = http;
    this.#settings = settings;
    this.#most = settings.batchSize;
  }

  /** How many events the queue holds. */
  get size(): number {
    return this.#queue.length;
  }

  /**
   * Adds an event and returns its `eventId`. It gets a random id and the present time where it has none.
   *
   * @throws QueueFull if the queue is full
   */
  add(event: NewEvent): string {
    if (this.#closed) {
      throw new Error('The queue is closed.');
    }
    const { maxQueued, flushInterval } = this.#settings;
    if (this.#queue.length >= maxQueued) {
      throw new QueueFull(`The queue holds ${maxQueued} events that the API has not taken; the event was not added.`);
    }
    const eventId = event.eventId ?? crypto.randomUUID();
    this.#queue.push(JSON.stringify({ ...event, eventId, occurredAt: event.occurredAt ?? new Date().toISOString() }));
    this.#wake(this.#queue.length >= this.#most ? 0 : flushInterval);
    return eventId;
  }

  /** Sends what the queue holds; fulfilled, with how many events it still holds, when it is empty or the time is over. */
  async flush(timeout = 30_000): Promise<number> {
    this.#wake(0);
    if (this.#queue.length) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([
        new Promise<void>((done) => this.#idle.push(done)),
        new Promise<void>((done) => (timer = later(done, timeout))),
      ]);
      clearTimeout(timer);
    }
    return this.#queue.length;
  }

  /** Sends what the queue holds for as long as `timeout` and ends; fulfilled with the events that the API has not taken. */
  async close(timeout = 30_000): Promise<Event[]> {
    this.#closed = true;
    await this.flush(timeout);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pausedUntil = Infinity;
    return this.#queue.map((event) => JSON.parse(event));
  }

  /** Sends within so many milliseconds, unless a pause lasts longer. */
  #wake(delay: number): void {
    const at = Math.max(Date.now() + delay, this.#pausedUntil);
    if (this.#sending || !this.#queue.length || at === Infinity || (this.#timer && this.#due <= at)) {
      return;
    }
    clearTimeout(this.#timer);
    this.#due = at;
    this.#timer = later(() => {
      this.#timer = undefined;
      void this.#drain();
    }, at - Date.now());
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    while (this.#queue.length && Date.now() >= this.#pausedUntil) {
      try {
        await this.#send(this.#batch());
      } catch (error) {
        console.error('Freshet: sending events failed; they are sent again.', error);
        this.#pause(this.#settings.longestPause);
      }
    }
    this.#sending = false;
    if (this.#queue.length) {
      this.#wake(0);
    } else {
      this.#idle.splice(0).forEach((done) => done());
    }
  }

  #batch(): string[] {
    let room = BATCH_CHARACTERS;
    const end = this.#queue.findIndex((event, index) => index >= this.#most || ((room -= event.length) < 0 && index > 0));
    return this.#queue.slice(0, end < 0 ? undefined : end);
  }

  async #send(batch: string[]): Promise<void> {
    let problem: FreshetProblem;
    try {
      const body = `{"sentAt":"${new Date().toISOString()}","events":[${batch}]}`;
      const { status, answer } = await this.#http.once('POST', '/v1/events', body);
      if (status === 202 && typeof answer?.accepted === 'number') {
        this.#settle(batch, answer.rejected, []);
        this.#failures = 0;
        this.#most = Math.min(this.#most * 2, this.#settings.batchSize);
        return;
      }
      problem = noAnswer(`POST /v1/events: the ${status} of another server`);
    } catch (thrown) {
      // Such as an error of a function that gives the key.
      problem = thrown instanceof FreshetProblem ? thrown : noAnswer(`${thrown}`, thrown);
    }
    if (blamesEvents(problem)) {
      this.#most = Math.max(1, batch.length >> 1);
      if (batch.length > 1) {
        return;
      }
      this.#settle(batch, [{ index: 0, code: problem.code, detail: problem.message }], []);
    } else {
      const { notStored, rejected } = problem.problem;
      if (Array.isArray(notStored) && notStored.every((index) => Number.isInteger(index) && batch[index])) {
        this.#settle(batch, rejected, notStored);
      }
      void this.#tell(() => this.#settings.onRetry?.(problem));
    }
    this.#pause(this.#http.pause(++this.#failures, problem.retryAfter));
  }

  #pause(millis: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + millis);
  }

  /** Tells the application what was rejected, and keeps of a batch what was not stored. */
  #settle(batch: string[], rejected: unknown, notStored: number[]): void {
    const { onRejected = (event, why) => console.warn('Freshet refused an event:', event.eventId, why) } = this.#settings;
    for (const each of Array.isArray(rejected) ? rejected : []) {
      const event = Number.isInteger(each?.index) && batch[each.index];
      if (event) {
        void this.#tell(() => onRejected(JSON.parse(event), { code: `${each.code}`, detail: `${each.detail}` }));
      }
    }
    this.#queue.splice(0, batch.length, ...batch.filter((_, index) => notStored.includes(index)));
  }

  /** Calls the application; its errors are printed, and the queue goes on. */
  async #tell(call: () => unknown): Promise<void> {
    try {
      await call();
    } catch (error) {
      console.error('Freshet: a function that was given to the queue failed.', error);
    }
  }
}
