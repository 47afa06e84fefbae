import { settings } from './settings.js';
import { credential } from './visitor.js';

/** An answer of the API; status 0 where none came. */
export interface Answer {
  _status: number;
  _body: any;
  /** Seconds for which the API asks to wait, or 0. */
  _wait: number;
}

/**
 * Browsers refuse more than 64 KiB of bodies of requests that outlive their page, all of them together. A character takes three bytes
 * at most, and a text of JavaScript counts one that takes four as two. So this is a third of 64 * 1024.
 */
const OUTLIVING = 21_845;

let underWay = 0;
let isDebugging = false;

export const debug = (on: boolean): void => {
  isDebugging = on;
};

/** Whether a request was refused in a way that asking again does not change: 4xx but 401, 408 and 429. */
export const isFinal = (status: number): boolean => /^4(?!01|08|29)/.test('' + status);

/** Sends a request for a user or, without one, under the key. A token that is refused is asked for once more. */
export const post = async (path: string, content: unknown, userId?: string, timeout = 20_000, again?: boolean): Promise<Answer> => {
  const body = JSON.stringify(content);
  let status = 401;
  let answer: any = {};
  let wait = 0;
  const authorization = await credential(userId, again);
  if (authorization) {
    status = 0;
    underWay += body.length;
    try {
      const response = await fetch(settings.endpoint.replace(/\/?$/, '/v1/') + path, {
        method: 'POST',
        headers: { Authorization: 'Bearer ' + authorization, 'Content-Type': 'application/json' },
        body,
        keepalive: underWay < OUTLIVING,
        // Without it, in browsers before 2022, a request takes as long as the browser lets it.
        signal: AbortSignal.timeout?.(timeout),
      });
      status = response.status;
      wait = +response.headers.get('Retry-After')!;
      answer = await response.json();
    } catch {
      // No network, no answer in time, or a body that is no JSON.
    }
    underWay -= body.length;
  }
  if (isDebugging) {
    console.debug('freshet', path, content, status, answer);
  }
  return status == 401 && userId && !again
    ? post(path, content, userId, timeout, true)
    : { _status: status, _body: answer, _wait: wait };
};
