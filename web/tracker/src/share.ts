import { pageItem, track } from './tracker.js';

/** Sharing by the browser's own dialog. It wraps `navigator.share`, so it is on only where the site asks for it. */
export const share = (): void => {
  const original = navigator.share;
  if (original) {
    navigator.share = async (data) => {
      await original.call(navigator, data);
      track('share', { item: pageItem });
    };
  }
};
