/**
 * The log-linear model over signals: additive weights by context, trained online by softmax.
 *
 * <p>Enters: one {@link dev.freshet.model.blend.Choice} at a time, as vectors of numbers: the item
 * that was taken and the items that were not. Leaves: a {@link dev.freshet.model.blend.BlendState}
 * that gives one weight vector for each {@link dev.freshet.model.blend.ContextBucket} and class of
 * item age, and the performance of each source alone. Knows nothing of items, users or what a
 * signal means; scalar loops in fixed order and {@link java.lang.StrictMath} make the result the
 * same on every processor.
 */
@NullMarked
package dev.freshet.model.blend;

import org.jspecify.annotations.NullMarked;
