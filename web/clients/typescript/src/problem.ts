import type { Problem } from './operations.js';

/**
 * The API refused a request, failed, or did not answer. `status` is 0 and `code` is `no-answer` where there was no answer in
 * time; programs go by `code`, people by the message.
 */
export class FreshetProblem extends Error {
  override readonly name = 'FreshetProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** The whole problem document (RFC 9457), as far as there is one. */
    readonly problem: Partial<Problem> & Record<string, unknown> = {},
    /** Seconds for which the API asked to wait; 0 where it did not. */
    readonly retryAfter = 0,
    /** Names the request in the logs of the stack. */
    readonly traceId?: string,
    options?: ErrorOptions,
  ) {
    super(`${status || 'no answer'} ${code}: ${detail}`, options);
  }

  /** Whether the same request may succeed later: it was not answered, came too often, or the API failed. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** There was no answer of the API in time. */
export const noAnswer = (detail: string, cause?: unknown) => new FreshetProblem(0, 'no-answer', detail, {}, 0, undefined, { cause });
