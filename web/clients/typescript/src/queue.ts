import type { Http, Options } from './http.js';
import type { Event, EventsAccepted, NewEvent } from './operations.js';
import { FreshetProblem } from './problem.js';

/** Most characters of a request that has more than one event: at most 3 bytes each, and the API takes 500 KB. */
const BATCH_CHARACTERS = 160_000;

/** Statuses of a request that its events are to blame for, and not the credential or the stack. */
const REFUSED = [400, 413];

/** The queue holds as many events as it may; the event was not added. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

interface Entry {
  event: Event;
  characters: number;
}

/**
 * Events on their way to the API, one request at a time, in the order in which they were added. An event leaves the queue when
 * the API has taken or refused it; until then it is sent again, with the same `eventId`, so that the API counts it once. What a
 * request left over goes before what was added later. A request that the API refuses as a whole is halved until the event that
 * is to blame stands alone.
 */
export class EventQueue {
  readonly #http: Http;
  readonly #options: Options;
  readonly #maxQueued: number;
  readonly #batchSize: number;
  readonly #queue: Entry[] = [];
  #most: number;
  #failures = 0;
  #pausedUntil = 0;
  #closed = false;
  #sending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;
  #idle: (() => void)[] = [];

  constructor(http: Http, options: Options) {
    this.#http = http;
    this.#options = options;
    this.#maxQueued = options.maxQueued ?? 10_000;
    this.#batchSize = Math.min(options.batchSize ?? 500, 500);
    this.#most = this.#batchSize;
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
    if (this.#queue.length >= this.#maxQueued) {
      throw new QueueFull(`The queue holds ${this.#maxQueued} events that the API has not taken; the event was not added.`);
    }
    const whole = { ...event, eventId: event.eventId ?? crypto.randomUUID(), occurredAt: event.occurredAt ?? new Date().toISOString() };
    this.#queue.push({ event: whole, characters: JSON.stringify(whole).length });
    this.#wake(this.#queue.length >= this.#most ? 0 : (this.#options.flushInterval ?? 1000));
    return whole.eventId;
  }

  /** Sends what the queue holds; fulfilled, with how many events it still holds, when it is empty or the time is over. */
  async flush(timeout = 30_000): Promise<number> {
    this.#wake(0);
    if (this.#queue.length) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([
        new Promise<void>((done) => this.#idle.push(done)),
        new Promise<void>((done) => (timer = setTimeout(done, timeout))),
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
    return this.#queue.map((entry) => entry.event);
  }

  /** Sends within so many milliseconds, unless a pause lasts longer. */
  #wake(delay: number): void {
    const at = Math.max(Date.now() + delay, this.#pausedUntil);
    if (this.#sending || !this.#queue.length || at === Infinity || (this.#timer && this.#due <= at)) {
      return;
    }
    clearTimeout(this.#timer);
    this.#due = at;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#drain();
    }, at - Date.now());
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    while (this.#queue.length && Date.now() >= this.#pausedUntil) {
      await this.#send(this.#batch());
    }
    this.#sending = false;
    if (this.#queue.length) {
      this.#wake(0);
    } else {
      this.#idle.splice(0).forEach((done) => done());
    }
  }

  #batch(): Entry[] {
    let room = BATCH_CHARACTERS;
    const end = this.#queue.findIndex((entry, index) => index >= this.#most || ((room -= entry.characters) < 0 && index > 0));
    return this.#queue.slice(0, end < 0 ? undefined : end);
  }

  async #send(batch: Entry[]): Promise<void> {
    try {
      const body = { sentAt: new Date().toISOString(), events: batch.map((entry) => entry.event) };
      this.#settle(batch, (await this.#http.once('POST', '/v1/events', body)) as EventsAccepted, []);
      this.#failures = 0;
      this.#most = Math.min(this.#most * 2, this.#batchSize);
    } catch (thrown) {
      const problem = thrown instanceof FreshetProblem ? thrown : new FreshetProblem(0, 'no-answer', `${thrown}`, {}, 0, undefined, { cause: thrown });
      const { notStored } = problem.problem;
      if (REFUSED.includes(problem.status)) {
        this.#most = batch.length >> 1;
        if (!this.#most) {
          this.#most = 1;
          this.#remove(batch);
          this.#reject(batch[0]!.event, { code: problem.code, detail: problem.message });
        }
        return;
      }
      if (Array.isArray(notStored)) {
        this.#settle(batch, problem.problem as unknown as EventsAccepted, notStored);
      }
      this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + this.#http.pause(++this.#failures, problem.retryAfter));
      this.#tell(() => this.#options.onRetry?.(problem));
    }
  }

  /** Reads an answer event by event. */
  #settle(batch: Entry[], { rejected = [] }: Partial<EventsAccepted>, notStored: number[]): void {
    this.#remove(batch.filter((_, index) => !notStored.includes(index)));
    for (const { index, code, detail } of rejected) {
      if (batch[index]) {
        this.#reject(batch[index].event, { code, detail });
      }
    }
  }

  /** Takes events of the front out of the queue. */
  #remove(settled: Entry[]): void {
    const gone = new Set(settled);
    const front = this.#queue.splice(0, this.#batchSize).filter((entry) => !gone.has(entry));
    this.#queue.unshift(...front);
  }

  #reject(event: Event, rejection: { code: string; detail: string }): void {
    const { onRejected } = this.#options;
    this.#tell(() => (onRejected ? onRejected(event, rejection) : console.warn('Freshet refused an event:', event.eventId, rejection)));
  }

  /** Calls the application in a task of its own, so that its errors are its own. */
  #tell(call: () => void): void {
    setTimeout(call);
  }
}
