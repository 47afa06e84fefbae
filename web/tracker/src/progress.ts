import { hooks, track } from './tracker.js';
import type { Details } from './types.js';

/** A value has to grow by so much to be reported again. */
const STEP = 10;

/**
 * An event with a value that grows, such as the seconds of reading: reported once it is at least `least`, and again only when it
 * has grown by ten. The earlier event is then retracted, since two short stretches count for more than a long one.
 */
export const progress = (type: string, details: Details, least: number): ((value: number) => void) => {
  let retracts = '';
  let reported = least - STEP;
  return (value) => {
    if (value >= reported + STEP) {
      if (retracts) {
        track(type, { ...details, retracts });
      }
      retracts = track(type, { ...details, value });
      reported = value;
    }
  };
};

/** Such an event for each view of a page; `begin` is called when a view begins, `value` when it may end. */
export const perView = (type: string, least: number, value: () => number, begin: () => void): void => {
  let tell: ReturnType<typeof progress> | undefined;
  hooks.leave.push(() => tell?.(value()));
  hooks.page.push((item) => {
    begin();
    tell = progress(type, { item }, least);
  });
};
