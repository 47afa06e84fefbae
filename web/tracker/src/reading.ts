import { isVisible, on, pageDocument } from './environment.js';
import { ITEM } from './marks.js';
import { perView } from './progress.js';
import { pageItem } from './tracker.js';

/** Without any activity a visitor is taken to read for so many milliseconds more. */
const ACTIVE = 30_000;

/**
 * The seconds for which a page was visible, focused and in use: one `dwell` for a view of a page, from two seconds on. A visitor who
 * comes back and reads on replaces it.
 */
export const dwell = (): void => {
  let active: number;
  let last: number;
  let isInUse: boolean | undefined;

  /** Adds the time since the last activity, and notes whether the page is in use from now on. */
  const mark = (): void => {
    const now = performance.now();
    if (isInUse) {
      active += Math.min(now - last, ACTIVE);
    }
    last = now;
    isInUse = isVisible() && pageDocument.hasFocus();
  };
  perView(
    'dwell',
    2,
    () => {
      mark();
      return Math.round(active / 100) / 10;
    },
    () => {
      mark();
      active = 0;
    },
  );
  on('scroll pointermove pointerdown keydown input timeupdate focus blur visibilitychange', mark);
};

/** How much of the item's element, else of the document, was scrolled into view: one `scroll` for a view of a page. */
export const scroll = (): void => {
  let deepest: number;
  perView(
    'scroll',
    1,
    () => deepest,
    () => void (deepest = 0),
  );
  on('scroll', () => {
    const element = pageItem && pageDocument.querySelector(`[${ITEM}="${CSS.escape(pageItem)}"]:not(a)`);
    const { top, height } = (element || pageDocument.documentElement).getBoundingClientRect();
    deepest = Math.max(deepest, Math.min(100, Math.round(((innerHeight - top) / height) * 100)));
  });
};
