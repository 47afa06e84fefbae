import { now } from './environment.js';

/**
 * Values by key in localStorage, where all keys begin with `freshet.`. Nothing here throws: what the browser does not store, since
 * storage is blocked or full, stays in memory while the page lives.
 */
const PREFIX = 'freshet.';
const memory: Record<string, string | undefined> = {};

/** The value of a key, or nothing if there is none or somebody else has written it. */
export const read = (key: string): any => {
  try {
    const text = memory[key] ?? localStorage[PREFIX + key];
    // Without the check it would throw at nearly each event, which makes events half as expensive again.
    return text && JSON.parse(text);
  } catch {
    // Storage is blocked, or the text is none of ours.
  }
};

/** Sets a value or, without one, removes it. */
export const write = (key: string, value?: unknown): void => {
  try {
    memory[key] = JSON.stringify(value);
    if (value) {
      localStorage[PREFIX + key] = memory[key];
    } else {
      delete localStorage[PREFIX + key];
    }
    delete memory[key];
  } catch {
    // The memory has it.
  }
};

/** The entries of a list, each of which begins with its time, that are younger than so many milliseconds, without others' values. */
export const lately = (key: string, milliseconds: number): any[] =>
  Object.values<any>(read(key) ?? 0).filter((entry) => Array.isArray(entry) && Math.abs(now() - entry[0]) < milliseconds);

/** Calls `work` with each key that begins so. */
export const forKeys = (start: string, work: (key: string) => void): void => {
  try {
    Object.keys(localStorage).forEach((key) => {
      if (key.startsWith(PREFIX + start)) {
        work(key.slice(PREFIX.length));
      }
    });
  } catch {
    // Storage is blocked.
  }
};
