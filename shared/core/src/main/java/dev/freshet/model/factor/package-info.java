/**
 * Matrix factorization, learned online: a short vector per item.
 *
 * <p>Enters: the vectors of the items that a user interacted with, and the next item. Leaves: the
 * vector of a user by fold-in, the item vector after one step, and scores of items for a user.
 */
@NullMarked
package dev.freshet.model.factor;

import org.jspecify.annotations.NullMarked;
