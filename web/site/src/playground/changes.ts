import type { ListedItem } from './reader';

/** Where an item was in the list before: a place from 0, or undefined where it is new. */
export type Before = ReadonlyMap<string, number>;

/** Returns the places of a list's items. */
export const placesOf = (items: readonly ListedItem[]): Before => new Map(items.map((item, place) => [item.itemId, place]));

/** Says in words what changed between two lists: "2 new, 3 moved". */
export function changes(before: readonly ListedItem[], after: readonly ListedItem[]): string {
  const places = placesOf(before);
  const added = after.filter((item) => !places.has(item.itemId)).length;
  const moved = after.filter((item, place) => places.has(item.itemId) && places.get(item.itemId) !== place).length;
  const parts = [added > 0 ? `${added} new` : '', moved > 0 ? `${moved} moved` : ''].filter((part) => part !== '');
  return parts.length === 0 ? 'no change' : parts.join(', ');
}
