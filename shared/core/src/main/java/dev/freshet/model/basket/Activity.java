package dev.freshet.model.basket;

import dev.freshet.model.rows.Ints;

/**
 * The slots of baskets as a list by activity, and the free slots as another. A link is a slot plus
 * one; 0 ends a list.
 *
 * @param newer by slot, the link to the next more recently active one; for a free slot, to the next
 *     free one
 * @param older by slot, the link to the next less recently active one
 * @param oldest the link to the least recently active slot
 * @param newest the link to the most recently active slot
 * @param free the link to the first free slot
 */
public record Activity(Ints newer, Ints older, int oldest, int newest, int free) {
    static final Activity NONE = new Activity(Ints.EMPTY, Ints.EMPTY, 0, 0, 0);
}
