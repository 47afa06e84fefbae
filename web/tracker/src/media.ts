import { on } from './environment.js';
import { EXPOSURE, ITEM, nearest } from './marks.js';
import { progress } from './progress.js';
import { hooks, pageItem } from './tracker.js';

interface Playing {
  _item: string;
  _deepest: number;
  _tell(percent: number): void;
}

/** How much of an item's audio or video was played: one `play` at a pause, the end, or when the page is hidden. */
export const media = (): void => {
  const playing = new Map<Element, Playing>();
  const report = (): void => playing.forEach((one) => one._tell(Math.round(one._deepest)));

  on('timeupdate', ({ target }) => {
    const _item = nearest(target, ITEM) ?? pageItem;
    const percent = (target.currentTime / target.duration) * 100;
    if (_item && percent >= 0) {
      let one = playing.get(target);
      if (one?._item != _item) {
        one = { _item, _deepest: 0, _tell: progress('play', { item: _item, exposure: nearest(target, EXPOSURE) }, 0) };
        playing.set(target, one);
      }
      one!._deepest = Math.max(one!._deepest, percent);
    }
  });
  on('pause ended', report);
  hooks.leave.push(report);
  hooks.page.push(() => playing.clear());
};
