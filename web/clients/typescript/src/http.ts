import { FreshetProblem, noAnswer } from './problem.js';

export interface Options {
  /** The address of the API, such as `https://api.example.org`. */
  endpoint: string;
  /** A key or a user token; a function is asked for each request, so that a token can be renewed. */
  key: string | (() => string | Promise<string>);
  /** Milliseconds after which a request counts as not answered. */
  timeout?: number;
  /** How often a call is repeated that was not answered, came too often or failed. Events are repeated until they are taken. */
  retries?: number;
  /** Bound of the first pause between two attempts, in milliseconds; it doubles with each failure. */
  firstPause?: number;
  /** Bound of every pause, in milliseconds. A call for which the API asks to wait longer is not repeated; events wait. */
  longestPause?: number;
  /** Draws from 0 to 1, for the jitter of pauses. */
  random?: () => number;
  /** Most events in the queue; `add` throws `QueueFull` beyond. */
  maxQueued?: number;
  /** Most events of a request, 1 to 500. */
  batchSize?: number;
  /** Milliseconds after which events are sent that do not fill a batch. */
  flushInterval?: number;
  /** Is given each event that the API refused for good, before the queue is empty. Add it again, corrected, or log it. */
  onRejected?: (event: import('./operations.js').Event, rejection: { code: string; detail: string }) => void;
  /** Is given each failure after which events are sent again. */
  onRetry?: (problem: FreshetProblem) => void;
}

/** The longest body of a problem that a message quotes. */
const QUOTED = 200;

/** Most milliseconds of a timer: one that is longer would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Most seconds for which events wait because the API asked to: a day. */
const LONGEST_RETRY_AFTER = 86_400;

/** Calls in so many milliseconds, or in 24.8 days where they are more. */
export const later = (call: () => void, millis: number) => setTimeout(call, Math.min(millis, LONGEST));

export type Settings = ReturnType<typeof settings>;

/** Options with their defaults. */
export function settings({
  endpoint,
  key,
  timeout = 10_000,
  retries = 2,
  firstPause = 500,
  longestPause = 30_000,
  random = Math.random,
  maxQueued = 10_000,
  batchSize = 500,
  flushInterval = 1000,
  onRejected,
  onRetry,
}: Options) {
  check(/^https?:\/\//.test(endpoint), 'endpoint is the address of the API, such as https://api.example.org');
  if (typeof key !== 'function') {
    credential(key);
  }
  for (const [name, value] of Object.entries({ timeout, firstPause, longestPause, flushInterval })) {
    check(value > 0, `${name} is a time in milliseconds, more than 0`);
  }
  check(Number.isInteger(retries) && retries >= 0, 'retries is a whole number, 0 or more');
  check(Number.isInteger(maxQueued) && maxQueued > 0, 'maxQueued is a whole number, 1 or more');
  check(Number.isInteger(batchSize) && batchSize > 0 && batchSize <= 500, 'batchSize is a whole number, 1 to 500');
  return { endpoint, key, timeout, retries, firstPause, longestPause, random, maxQueued, batchSize, flushInterval, onRejected, onRetry };
}

function check(holds: boolean, sentence: string): void {
  if (!holds) {
    throw new TypeError(sentence);
  }
}

/** A credential as a header takes it. What is wrong with one is said without it, as messages end up in logs. */
function credential(key: string): string {
  const text = typeof key === 'string' ? key.trim() : '';
  check(/^[\x21-\x7e]+$/.test(text), 'key is a text of printable ASCII characters without spaces; the given one, which is not shown, is not');
  return text;
}

/** Requests with a credential, and pauses between attempts. */
export class Http {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Sends a request once, with a body in JSON; fulfilled with what a successful response holds. */
  async once(method: string, path: string, body?: string, query: object = {}): Promise<{ status: number; answer: any }> {
    const { endpoint, key, timeout } = this.#settings;
    const parameters = Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${name}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : value)}`);
    const url = endpoint.replace(/\/$/, '') + path + (parameters.length ? `?${parameters.join('&')}` : '');
    const bearer = credential(typeof key === 'function' ? await key() : key);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method,
        headers: {
          Authorization: `Bearer ${bearer}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(Math.ceil(Math.min(timeout, LONGEST))),
      });
      text = await response.text();
    } catch (cause) {
      throw noAnswer(`${method} ${path}: ${cause}`, cause);
    }
    let answer: any;
    try {
      answer = text === '' ? undefined : JSON.parse(text);
    } catch (cause) {
      if (response.ok) {
        throw noAnswer(`${method} ${path}: the ${response.status} of another server, which is not JSON`, cause);
      }
      answer = { detail: text.slice(0, QUOTED) };
    }
    if (response.ok) {
      return { status: response.status, answer };
    }
    const document = typeof answer === 'object' && answer !== null ? answer : {};
    const after = Number(response.headers.get('Retry-After'));
    throw new FreshetProblem(
      response.status,
      typeof document.code === 'string' ? document.code : 'no-problem-document',
      document.detail ?? document.title ?? response.statusText,
      document,
      after > 0 ? Math.min(after, LONGEST_RETRY_AFTER) : 0,
      response.headers.get('Freshet-Trace-Id') ?? undefined,
    );
  }

  /** Sends a request, again where it may succeed then. Repeating one of the API's requests is safe. */
  async call(method: string, path: string, body?: unknown, query?: object): Promise<unknown> {
    const { retries, longestPause } = this.#settings;
    for (let failures = 1; ; failures++) {
      try {
        return (await this.once(method, path, body === undefined ? body : JSON.stringify(body), query)).answer;
      } catch (problem) {
        if (!(problem instanceof FreshetProblem) || !problem.isTemporary || failures > retries || problem.retryAfter * 1000 > longestPause) {
          throw problem;
        }
        await new Promise<void>((done) => later(done, this.pause(failures, problem.retryAfter)));
      }
    }
  }

  /** Milliseconds until the next attempt: what the API asked for, and a random time up to a bound that doubles. */
  pause(failures: number, retryAfter: number): number {
    const { firstPause, longestPause, random } = this.#settings;
    return retryAfter * 1000 + random() * Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 30));
  }
}
