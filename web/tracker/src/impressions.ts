import { isVisible, on, once, pageDocument } from './environment.js';
import { EXPOSURE, ITEM, nearest, PLACEMENT } from './marks.js';
import { hooks, track } from './tracker.js';
import type { Details } from './types.js';

type Timer = ReturnType<typeof setTimeout>;

const SEEN_AFTER = 1_000;
const REPORT_AFTER = 1_000;
const SCAN_AFTER = 100;
/** Each event of a list writes a row, so a list has at most so many. */
const EVENTS_A_LIST = 3;
const LISTED = `[${EXPOSURE}] [${ITEM}],[${PLACEMENT}] [${ITEM}]`;

/** What was seen of one list, as one answer filled it. */
interface List {
  _of: Pick<Details, 'exposure' | 'placement'>;
  _seen: Set<string>;
  _reported: number;
  _events: number;
}

/**
 * Items of lists that were seen: half of the item, or half of the window, for a second without a break. A list is an element
 * with `data-freshet-exposure` or `data-freshet-placement`. Items seen together are one event, items seen later another one.
 */
export const impressions = (): void => {
  const lists: Record<string, List> = {};
  const timers = new Map<Element, Timer>();
  let reporting: Timer;

  const report = (): void =>
    Object.values(lists).forEach((list) => {
      const items = [...list._seen].slice(list._reported);
      if (items.length && list._events++ < EVENTS_A_LIST) {
        track('impression', { items, ...list._of });
      }
      list._reported += items.length;
    });

  const saw = (element: Element): void => {
    const exposure = nearest(element, EXPOSURE);
    const placement = nearest(element, PLACEMENT);
    const list = (lists[exposure ?? placement + location.href] ??= { _of: { exposure, placement }, _seen: new Set(), _reported: 0, _events: 0 });
    list._seen.add(nearest(element, ITEM)!);
    clearTimeout(reporting);
    reporting = setTimeout(report, REPORT_AFTER);
  };

  const lose = (timer: Timer, element: Element): void => {
    clearTimeout(timer);
    timers.delete(element);
  };

  const observer = new IntersectionObserver(
    (changes) =>
      changes.forEach(({ target, intersectionRatio, intersectionRect: { width, height } }) => {
        if (isVisible() && (intersectionRatio >= 0.5 || width * height * 2 >= innerWidth * innerHeight)) {
          if (!timers.has(target)) {
            timers.set(target, setTimeout(saw, SEEN_AFTER, target));
          }
        } else {
          lose(timers.get(target)!, target);
        }
      }),
    // Fine enough for items that are much larger than the window.
    { threshold: Array.from(Array(21), (_, index) => index / 20) },
  );

  /** Begins anew with what the document now holds. */
  const scan = (): void => {
    pageDocument.querySelectorAll(LISTED).forEach((element) => observer.observe(element));
  };

  new MutationObserver(once(scan, SCAN_AFTER)).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: [ITEM, EXPOSURE],
  });
  on('visibilitychange', () => {
    observer.disconnect();
    timers.forEach(lose);
    scan();
  });
  hooks.leave.push(report);
  scan();
};
