import { clicks } from './clicks.js';
import { element } from './element.js';
import { forms } from './forms.js';
import { impressions } from './impressions.js';
import { media } from './media.js';
import { pages } from './pages.js';
import { dwell, scroll } from './reading.js';
import { share } from './share.js';
import { createTracker } from './tracker.js';
import type { Options, Tracker } from './types.js';

/** The order is that of the first view: what belongs to a view begins after it is known. */
const AUTO = { impressions, clicks, dwell, scroll, media, forms, share, pages };

/** What is measured by itself. All but `share`, unless it is set to false. */
export type Auto = { [part in keyof typeof AUTO]?: boolean };

/** Makes a tracker with everything in it. */
export const init = (options: Options & { auto?: Auto | false }): Tracker => {
  const { auto = {}, parts = [] } = options;
  const chosen = (Object.keys(AUTO) as (keyof Auto)[]).filter((name) => auto && (auto[name] ?? name != 'share'));
  return createTracker({ ...options, parts: [element, ...chosen.map((name) => AUTO[name]), ...parts] });
};
