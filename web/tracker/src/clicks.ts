import { on } from './environment.js';
import { EXPOSURE, ITEM, nearest } from './marks.js';
import { track } from './tracker.js';

/** The types that markup may name. What users of a site wrote may hold marks, and is not to make a purchase of a click. */
const LIGHT = /^(like|hide|view)$/;

/**
 * Clicks on items, by mouse, middle button, touch or keyboard. An element within an item with `data-freshet-event="like"`
 * reports that type in place of a click.
 */
export const clicks = (): void => {
  on('click auxclick', ({ target, button }) => {
    const item = nearest(target, ITEM);
    if (item && button < 2) {
      track(LIGHT.exec(nearest(target, 'data-freshet-event')!)?.[0] ?? 'click', { item, exposure: nearest(target, EXPOSURE) });
    }
  });
};
