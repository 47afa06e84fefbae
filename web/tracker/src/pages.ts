import { on, pageDocument } from './environment.js';
import { settings } from './settings.js';
import { page } from './tracker.js';

/**
 * Views: one for each document and one for each navigation within it that changes path or query. A page that was prerendered
 * counts when it is shown, and a page that comes back from the back-forward cache counts again.
 */
export const pages = (): void => {
  let last: string;
  const view = (): void => {
    last = location.href.split('#')[0];
    page(settings.item ? settings.item() : pageDocument.querySelector<HTMLMetaElement>('meta[name=freshet-item]')?.content);
  };
  const moved = (): void => {
    if (location.href.split('#')[0] != last) {
      view();
    }
  };
  on('popstate', moved);
  // Routers call these two. The Navigation API would do as well, but only half of the browsers have it.
  (['pushState', 'replaceState'] as const).forEach((name) => {
    const original = history[name];
    history[name] = (...state) => {
      original.apply(history, state);
      moved();
    };
  });
  on('pageshow', ({ persisted }: PageTransitionEvent) => persisted && view());
  if ((pageDocument as { prerendering?: boolean }).prerendering) {
    on('prerenderingchange', view);
  } else {
    view();
  }
};
