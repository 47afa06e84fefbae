/** The package: `init` has everything; `createTracker` with chosen parts is smaller. */
export { clicks } from './clicks.js';
export { element } from './element.js';
export { forms } from './forms.js';
export { impressions } from './impressions.js';
export { init, type Auto } from './init.js';
export { media } from './media.js';
export { pages } from './pages.js';
export { dwell, scroll } from './reading.js';
export { share } from './share.js';
export { createTracker } from './tracker.js';
export type * from './types.js';
