/**
 * The log-linear model over signals: additive weights by context, trained online by softmax.
 *
 * <p>Enters: one {@link dev.freshet.model.blend.Choice} at a time, as vectors of numbers: the item
 * that was chosen and the items that were not. Leaves: a {@link dev.freshet.model.blend.BlendState}
 * that gives one weight vector for each {@link dev.freshet.model.blend.ContextBucket} and class of
 * item age, and the performance of each source alone. The package is independent of items, users
 * and the meaning of signals; scalar loops in fixed order and {@link java.lang.StrictMath} make the
 * result equal on every processor.
 */
@NullMarked
package dev.freshet.model.blend;

import org.jspecify.annotations.NullMarked;
