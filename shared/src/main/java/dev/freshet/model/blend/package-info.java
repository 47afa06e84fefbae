/**
 * What the signals are worth, learned: additive weights by circumstance, trained online by softmax.
 *
 * <p>Enters: one {@link dev.freshet.model.blend.Choice} at a time, as vectors of numbers: what was
 * taken and what was not. Leaves: a {@link dev.freshet.model.blend.BlendState} that gives one
 * weight vector per {@link dev.freshet.model.blend.Circumstance} and age of item, and how well each
 * source has done by itself. Knows nothing of items, readers or what a signal means; scalar loops
 * in fixed order and {@link java.lang.StrictMath}, so that every processor comes to the same bits.
 */
@NullMarked
package dev.freshet.model.blend;

import org.jspecify.annotations.NullMarked;
