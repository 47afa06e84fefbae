import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Api, Problem } from '../api';
import { heard, unheard } from './age';

/** The state of an answer that is asked for again and again. */
export interface Polled<T> {
  /** What is asked for; nothing is where undefined. */
  readonly path: string | undefined;
  /** The last good answer; it stays when a later request fails. */
  readonly value: T | undefined;
  /** When the last good answer was received or confirmed. */
  readonly at: number;
  readonly problem: Problem | undefined;
  readonly retry: () => void;
}

/** Whether an answer is still to come. */
export const isAwaited = ({ value, problem, path }: Polled<unknown>): boolean => path !== undefined && value === undefined && problem === undefined;

/** Locally an answer costs nothing; on AWS each is an invocation. */
export const EVERY_MS = ['127.0.0.1', 'localhost'].includes(globalThis.location?.hostname) ? 1_000 : 10_000;

/** An answer that was confirmed is drawn again after so long, since ages are told. */
const DRAWN_FOR_MS = 9_000;

/** The longest time between two tries while requests fail. */
const LONGEST_MS = 60_000;

/**
 * Asks for a path while the page is visible. An answer that has not changed is confirmed by its tag. While requests fail, the
 * time between them doubles up to a minute. An undefined path asks for nothing.
 */
export function usePolled<T>(api: Api, path: string | undefined, everyMs: number = EVERY_MS): Polled<T> {
  const [state, setState] = useState<{ path: string | undefined; value: T | undefined; at: number; problem: Problem | undefined }>({
    path, value: undefined, at: 0, problem: undefined,
  });
  const [tries, setTries] = useState(0);
  const drawn = useRef(0);
  const etag = useRef<{ path: string; tag: string | undefined } | undefined>(undefined);

  useEffect(() => {
    if (path === undefined) {
      return undefined;
    }
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const look = async () => {
      timer = undefined;
      if (document.visibilityState === 'hidden') {
        return;
      }
      try {
        const tag = etag.current?.path === path ? etag.current.tag : undefined;
        const answer = await api.ask<T>(path, { etag: tag, signal: abort.signal });
        failures = 0;
        heard(answer.value);
        if (answer.value !== undefined) {
          etag.current = { path, tag: answer.etag };
        }
        const isDrawn = answer.value === undefined && Date.now() - drawn.current < DRAWN_FOR_MS;
        drawn.current = isDrawn ? drawn.current : Date.now();
        setState((before) => (isDrawn && before.path === path && before.problem === undefined ? Object.assign(before, { at: Date.now() }) : { path, value: answer.value ?? (before.path === path ? before.value : undefined), at: Date.now(), problem: undefined }));
      } catch (failure) {
        if (abort.signal.aborted) {
          return;
        }
        failures++;
        unheard();
        setState((before) => ({ ...before, ...(before.path === path ? {} : { path, value: undefined, at: 0 }), problem: failure as Problem }));
      }
      if (!abort.signal.aborted) {
        timer = setTimeout(look, Math.min(LONGEST_MS, everyMs * 2 ** failures));
      }
    };
    const seen = () => {
      if (document.visibilityState === 'visible' && timer === undefined) {
        void look();
      }
    };
    document.addEventListener('visibilitychange', seen);
    void look();
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [api, path, everyMs, tries]);

  const retry = useCallback(() => setTries((before) => before + 1), []);
  return state.path === path ? { path, value: state.value, at: state.at, problem: state.problem, retry } : { path, value: undefined, at: 0, problem: undefined, retry };
}
