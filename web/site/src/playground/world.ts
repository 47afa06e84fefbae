// The site of the demo and the words for it, which are served beside the API and need no key.

/** What can be done with an item that is looked at. */
export interface Action {
  type: string;
  label: string;
  /** The event carries the item's price. */
  priced?: boolean;
  closes?: boolean;
}

export interface Words {
  world: string;
  title: string;
  motto: string;
  /** The command that shows another site, and where that is shown, if it is. */
  otherSite?: string;
  otherSiteAt?: string;
  /** The first line of the report. */
  first: string;
  item: string;
  items: string;
  everything: string;
  sections: string;
  done: string;
  minePromise: string;
  popular: { list: string; title: string };
  other: { title: string; note: string; button: string };
  swapped: string;
  forgotten: string;
  /** Past tenses and nouns of types of events, where they differ from the usual ones. */
  verbs: Readonly<Record<string, string>>;
  nouns: Readonly<Record<string, string>>;
  actions: readonly Action[];
  /** The filter of every list. */
  filter?: unknown;
}

export interface CatalogueItem {
  itemId: string;
  title: string;
  text: string;
  section: string;
  author: string;
  publishedAt: string;
  price?: number;
  stock?: number;
  /** A `data:` address. */
  picture?: string;
}

export interface World {
  words: Words;
  catalogue: CatalogueItem[];
}

/** The words where no demo runs. */
const NONE: Words = {
  world: 'none',
  title: 'The Freshet',
  motto: 'Recommendations that learn with each click',
  first: 'There is nothing here yet; ./freshet demo publishes a newspaper, and with --world shop a shop.',
  item: 'item',
  items: 'items',
  everything: 'Everything',
  sections: 'Sections',
  done: 'Read',
  minePromise: 'Learned from what you open here.',
  popular: { list: 'popular', title: 'Most read' },
  other: { title: 'Another reader', note: 'A second anonymous reader of this browser, with a history of its own.', button: 'Read as this one' },
  swapped: 'You read on as the other reader.',
  forgotten: 'You were forgotten, and read on as a new visitor.',
  verbs: {},
  nouns: {},
  actions: [{ type: 'like', label: 'Like' }],
};

/** Returns the world with its items, newest first; without items where no demo runs. */
export async function theWorld(): Promise<World> {
  const response = await fetch('/_freshet/world').catch(() => undefined);
  if (!response?.ok) {
    return { words: NONE, catalogue: [] };
  }
  const { catalogue, ...words } = (await response.json()) as Words & { catalogue: CatalogueItem[] };
  return { words, catalogue: catalogue.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt)) };
}

const EUR = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

/** €49.90 */
export const money = (amount: number): string => EUR.format(amount);

/** The value of an event that carries a price. */
export const valueOf = (item: CatalogueItem | undefined): { amount: number; currency: string } | undefined =>
  item?.price === undefined ? undefined : { amount: item.price, currency: 'EUR' };
