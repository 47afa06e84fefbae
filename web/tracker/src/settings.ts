import { read } from './store.js';
import type { Options, Purposes } from './types.js';

/** What the site gave to `init`. A page has one tracker. */
export let settings: Options;

/** The visitor has refused, here or in another tab, or there is no page. Kept in memory only, so that it leaves no trace. */
let refused: boolean;

/** Whether there is a page; on a server there is none. */
export const isPage = typeof document == 'object';

export const configure = (options: Options): void => {
  settings = { consent: 'ask', ...options };
  refused = !isPage;
};

/** Whether this allows a purpose. Only what does is kept, so a key that holds anything else was written by somebody else. */
export const allowsAny = (given: any): unknown => given?.personalisation || given?.analytics;

/**
 * What the visitor has agreed to. What was said to `consent()` comes first, then Global Privacy Control, then what the site gave to
 * `init`.
 */
export const said = (): 'ask' | Purposes => {
  const kept = read('consent');
  return refused ? ({} as Purposes) : allowsAny(kept) ? kept : (navigator as any).globalPrivacyControl ? ({} as Purposes) : settings.consent!;
};

/** The same, where not yet knowing counts as a refusal. */
export const purposes = (): Purposes => {
  const { personalisation, analytics } = said() as Purposes;
  return { personalisation: !!personalisation, analytics: !!analytics };
};

/** Whether events may be made. */
export const isRecording = (): unknown => allowsAny(said());

export const refuse = (all: boolean): void => {
  refused = all;
};
