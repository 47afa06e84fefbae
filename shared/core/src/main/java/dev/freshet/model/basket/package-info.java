/**
 * Baskets: the bounded list of items that each pseudonym interacted with, and the scores that are
 * computed from the baskets of all users.
 *
 * <p>Enters: interactions, retractions, merges and erasures. Leaves: co-occurrence and next-item
 * scores for the items of one user.
 */
@NullMarked
package dev.freshet.model.basket;

import org.jspecify.annotations.NullMarked;
