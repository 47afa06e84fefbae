import { on } from './environment.js';
import { EXPOSURE, ITEM, nearest } from './marks.js';
import { track } from './tracker.js';

/**
 * Clicks on items, by mouse, middle button, touch or keyboard. An element within an item with `data-freshet-event="like"`
 * reports that type in place of a click.
 */
export const clicks = (): void => {
  const clicked = ({ target, button }: any): void => {
    const item = nearest(target, ITEM);
    if (item && button < 2) {
      track(nearest(target, 'data-freshet-event') ?? 'click', { item, exposure: nearest(target, EXPOSURE) });
    }
  };
  on('click', clicked);
  on('auxclick', clicked);
};
