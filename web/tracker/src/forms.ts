import { on } from './environment.js';
import { nearest } from './marks.js';
import { pageItem, track } from './tracker.js';

/** That a form with `data-freshet-form="name"` was sent: its name, never what was typed into it. */
export const forms = (): void =>
  on('submit', ({ target }) => {
    const form = nearest(target, 'data-freshet-form');
    if (form) {
      track('submit', { item: pageItem, properties: { form } });
    }
  });
