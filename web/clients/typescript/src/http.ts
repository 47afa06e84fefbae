import { FreshetProblem } from './problem.js';

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
  /** Most events of a request, 500 at most. */
  batchSize?: number;
  /** Milliseconds after which events are sent that do not fill a batch. */
  flushInterval?: number;
  /** Is given each event that the API refused for good. Add it again, corrected, or log it. */
  onRejected?: (event: import('./operations.js').Event, rejection: { code: string; detail: string }) => void;
  /** Is given each failure after which events are sent again. */
  onRetry?: (problem: FreshetProblem) => void;
}

/** The longest body of a problem that a message quotes. */
const QUOTED = 200;

/** Requests with a credential, and pauses between attempts. */
export class Http {
  readonly #options: Options;

  constructor(options: Options) {
    if (!/^https?:\/\//.test(options.endpoint)) {
      throw new TypeError('endpoint is the address of the API, such as https://api.example.org');
    }
    this.#options = options;
  }

  /** Sends a request once. */
  async once(method: string, path: string, body?: unknown, query: object = {}): Promise<unknown> {
    const { endpoint, key, timeout = 10_000 } = this.#options;
    const parameters = Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${name}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : value)}`);
    const url = endpoint.replace(/\/$/, '') + path + (parameters.length ? `?${parameters.join('&')}` : '');
    const credential = typeof key === 'function' ? await key() : key;
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method,
        headers: {
          Authorization: `Bearer ${credential}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeout),
      });
      text = await response.text();
    } catch (cause) {
      throw new FreshetProblem(0, 'no-answer', `${method} ${path}: ${cause}`, {}, 0, undefined, { cause });
    }
    let answer: any;
    try {
      answer = text === '' ? undefined : JSON.parse(text);
    } catch {
      answer = { detail: text.slice(0, QUOTED) };
    }
    if (response.ok) {
      return answer;
    }
    const after = Number(response.headers.get('Retry-After'));
    throw new FreshetProblem(
      response.status,
      answer?.code ?? 'no-problem-document',
      answer?.detail ?? answer?.title ?? response.statusText,
      answer,
      after > 0 ? after : 0,
      response.headers.get('Freshet-Trace-Id') ?? undefined,
    );
  }

  /** Sends a request, again where it may succeed then. Repeating one of the API's requests is safe. */
  async call(method: string, path: string, body?: unknown, query?: object): Promise<unknown> {
    const { retries = 2, longestPause = 30_000 } = this.#options;
    for (let failures = 1; ; failures++) {
      try {
        return await this.once(method, path, body, query);
      } catch (problem) {
        if (!(problem instanceof FreshetProblem) || !problem.isTemporary || failures > retries || problem.retryAfter * 1000 > longestPause) {
          throw problem;
        }
        await new Promise((done) => setTimeout(done, this.pause(failures, problem.retryAfter)));
      }
    }
  }

  /** Milliseconds until the next attempt: what the API asked for, and a random time up to a bound that doubles. */
  pause(failures: number, retryAfter: number): number {
    const { firstPause = 500, longestPause = 30_000, random = Math.random } = this.#options;
    return retryAfter * 1000 + random() * Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 30));
  }
}
