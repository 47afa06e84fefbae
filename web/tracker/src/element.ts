import { on, pageDocument } from './environment.js';
import { EXPOSURE, ITEM } from './marks.js';
import { recommend } from './recommend.js';
import type { RecommendedItem } from './types.js';

const NAME = 'freshet-recommendations';
/** Attributes that a slot may fill. Others could run code or change the page's style. */
const SLOTS = /^data-slot(-(href|src|alt|title|datetime|aria-label))?$/;
/** An address with a scheme that is neither http nor https. */
const OTHER_SCHEME = /^(?!https?:)[^/?#]*:/i;

/**
 * Fills `data-slot="title"` as text and `data-slot-href="attributes.url"` as an attribute. Nothing is read as markup, and addresses
 * have to be of the web.
 */
const fill = (element: Element, item: RecommendedItem): void => {
  [...element.attributes].forEach(({ name, value: path }) => {
    const [isSlot, , attribute] = SLOTS.exec(name) ?? [];
    const found = path.split('.').reduce<any>((part, member) => part?.[member], item);
    if (isSlot && found != null) {
      const text = '' + found;
      if (!attribute) {
        element.textContent = text;
      } else if (!/href|src/.test(attribute) || !OTHER_SCHEME.test(text)) {
        element.setAttribute(attribute, text);
      }
    }
  });
};

/**
 * `<freshet-recommendations>`: a list in the page's own markup. Its template holds one item, marked with `data-freshet-item`; the
 * marked element is repeated, what surrounds it is not. Whatever else the element holds is shown until the list is there, and
 * stays if none comes. Where that has marked items, the server has made the list: then nothing is asked.
 */
export const element = (): void => {
  if (!customElements.get(NAME)) {
    customElements.define(NAME, listElement());
  }
};

const listElement = (): CustomElementConstructor =>
  class extends HTMLElement {
    connectedCallback(): void {
      const start = (): void => {
        if (!this.querySelector(`[${ITEM}]`)) {
          // Keeps room for all rows, as high as the first one, so that nothing jumps when they come.
          const row = this.querySelector(':not(template) > *') ?? this;
          this.style.minHeight = row.clientHeight * +(this.getAttribute('count') ?? 20) + 'px';
          this.refresh();
        }
      };
      if (pageDocument.readyState == 'loading') {
        // The template was not parsed yet.
        on('DOMContentLoaded', start);
      } else {
        start();
      }
    }

    /** Asks for the list again. */
    async refresh(): Promise<void> {
      const get = (name: string): string | undefined => this.getAttribute(name) ?? undefined;
      const filter = get('filter');
      let event = 'freshet:failed';
      let detail: any;
      try {
        detail = await recommend({
          placement: get('placement'),
          list: get('list'),
          item: get('item'),
          fields: get('fields')?.split(','),
          filter: filter && JSON.parse(filter),
          count: +(get('count') ?? 20),
        });
        if (detail.items.length) {
          const template = this.querySelector('template')!;
          const rows = template.content.cloneNode(true) as DocumentFragment;
          const row = rows.querySelector(`[${ITEM}]`)!;
          for (const each of detail.items) {
            const copy = row.cloneNode(true) as Element;
            copy.setAttribute(ITEM, each.itemId);
            fill(copy, each);
            copy.querySelectorAll('*').forEach((one) => fill(one, each));
            row.before(copy);
          }
          row.remove();
          this.setAttribute(EXPOSURE, detail.exposure ?? '');
          this.textContent = '';
          this.append(template, rows);
          event = 'freshet:loaded';
        }
      } catch (error) {
        detail = error;
      }
      this.dispatchEvent(new CustomEvent(event, { bubbles: true, detail }));
    }
  };
