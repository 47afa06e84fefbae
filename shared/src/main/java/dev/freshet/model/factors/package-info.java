/**
 * Factors: a short vector for each item, learned from each interaction, such that the product of a
 * reader's vector with an item's foretells whether they meet.
 *
 * <p>Enters: vectors of what a reader met, and the item met next. Leaves: the reader's vector by
 * fold-in, and the item's vector a step further. Numbers only; knows no readers and no model.
 */
@NullMarked
package dev.freshet.model.factors;

import org.jspecify.annotations.NullMarked;
