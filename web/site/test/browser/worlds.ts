// The demo's worlds as the local cloud serves them, with few items. The words are those of the demo.

import { readFileSync } from 'node:fs';

const WORDS = new URL('../../../../localstack/src/main/resources/dev/freshet/demo/', import.meta.url);

/** Returns the words of a world. */
export const words = (name: 'newspaper' | 'shop'): Record<string, unknown> => JSON.parse(readFileSync(new URL(`${name}.json`, WORDS), 'utf8')) as Record<string, unknown>;

const picture = (colour: string) =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M32 10L4 54h56z" fill="${colour}"/></svg>`).toString('base64')}`;

const tent = (itemId: string, title: string, at: number) => ({
  itemId, title, text: 'A tent that stands in five minutes, also in wind. For camping from spring to autumn.', section: at % 2 ? 'camping' : 'hiking', author: 'Fjord',
  publishedAt: new Date(Date.UTC(2026, 4, 1) - at * 3_600_000).toISOString(), price: 99.9 + 10 * at, stock: at === 1 ? 0 : 12, picture: picture(at % 2 ? '#3a6ea8' : '#c8413b'),
});

/** Products under the ids that the fixed lists name; the second one is out of stock. */
export const products = (hostileTitle: string) => [
  tent('a-1', hostileTitle, 0),
  tent('a-2', 'Granite Ridge Pro tent for two', 1),
  tent('a-3', 'Heron Skyline Light tent for four', 2),
  ...Array.from({ length: 14 }, (_, at) => tent(`b-${at}`, `Fjord Cairn ${at + 1} tent for three`, at + 3)),
];
