// Requests to the API of this origin.

import type { Keys } from './key';

/** An answer that is not the wanted one, as a sentence for people. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly traceId: string | undefined,
    /** What a program tells it by. */
    readonly code?: string,
  ) {
    super(message);
  }
}

export interface Answer<T> {
  /** Undefined where the answer is the one that the caller has (304). */
  readonly value: T | undefined;
  readonly etag: string | undefined;
}

/** One page of a route's main list as CSV. */
export interface CsvPage {
  readonly text: string;
  /** The path of the next page, where there is one. */
  readonly next: string | undefined;
}

export interface RequestOptions {
  readonly method?: string;
  readonly accept?: string;
  readonly body?: unknown;
  readonly etag?: string | undefined;
  readonly signal?: AbortSignal;
}

export class Api {
  constructor(
    readonly keys: Keys,
    private readonly send: typeof fetch = (...request) => fetch(...request),
  ) {}

  /** Sends a request and returns the body of its answer. */
  async call<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const { value } = await this.ask<T>(path, options);
    return value as T;
  }

  /** Sends a request and returns its answer, or that it is the one that the caller has. */
  async ask<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    return answer<T>(await this.admitted(path, options));
  }

  /** Asks for a page of a route's main list as CSV. */
  async csv(path: string): Promise<CsvPage> {
    const response = await this.admitted(path, { accept: 'text/csv' });
    if (!response.ok) {
      throw problemOf(response, await bodyOf(response));
    }
    return { text: await response.text(), next: nextOf(response.headers.get('Link'), path) };
  }

  /** Sends a request under the page's key; where the key is refused, asks for another one and sends it again. */
  private async admitted(path: string, options: RequestOptions): Promise<Response> {
    let key = await this.keys.get();
    for (;;) {
      const response = await this.request(path, options, key);
      if (response.status !== 401) {
        return response;
      }
      key = await this.keys.replace(key);
    }
  }

  private async request(path: string, options: RequestOptions, key: string): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${key}` };
    if (options.body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (options.accept !== undefined) {
      headers['Accept'] = options.accept;
    }
    if (options.etag !== undefined) {
      headers['If-None-Match'] = options.etag;
    }
    try {
      return await this.send(path, {
        method: options.method ?? 'GET',
        headers,
        // The page keeps the last answer itself; the browser's own copy would hide a 304 from it.
        cache: 'no-store',
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    } catch (failure) {
      if (options.signal?.aborted) {
        throw failure;
      }
      throw new Problem('The API cannot be reached. Check that the stack is up and that you are online.', 0, undefined);
    }
  }
}

async function answer<T>(response: Response): Promise<Answer<T>> {
  const etag = response.headers.get('ETag') ?? undefined;
  if (response.status === 304) {
    return { value: undefined, etag };
  }
  const body = response.status === 204 ? {} : await bodyOf(response);
  if (!response.ok) {
    throw problemOf(response, body);
  }
  return { value: body as T, etag };
}

const bodyOf = (response: Response): Promise<unknown> => response.json().catch(() => ({}));

function problemOf(response: Response, body: unknown): Problem {
  const { detail, title, code } = body as { detail?: string; title?: string; code?: string };
  return new Problem(detail ?? title ?? `The API answered ${response.status}.`, response.status, response.headers.get('Freshet-Trace-Id') ?? undefined, code);
}

/** The path of the next page from a header `Link` (RFC 8288), which is relative to the path that was asked for. */
export function nextOf(link: string | null, path: string): string | undefined {
  const reference = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (reference === undefined) {
    return undefined;
  }
  const here = new URL(path, 'http://api.invalid');
  const next = new URL(reference, here);
  return next.origin === here.origin ? next.pathname + next.search : undefined;
}
