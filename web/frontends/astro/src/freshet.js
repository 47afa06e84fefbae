// The tracker in a script of the layout: with the client router it runs once, whatever is navigated. The router changes the address
// before the document when a visitor goes back, so views are reported by its own event: then the page says what its item is.
import { init } from '@freshet/tracker';

const meta = (name) => document.querySelector(`meta[name=freshet-${name}]`)?.content;

const tracker = init({
  endpoint: meta('endpoint'),
  key: meta('key'),
  consent: { personalisation: true, analytics: true },
  auto: { pages: false },
});
document.addEventListener('astro:page-load', () => tracker.page(meta('item')));
