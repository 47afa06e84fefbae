/**
 * Learners: what the trainer learns by steps rather than by counting.
 *
 * <p>Enters: an interaction and the model before it. Leaves: the rows of the blend, the factors and
 * the rating weights that changed.
 */
@NullMarked
package dev.freshet.model.learn;

import org.jspecify.annotations.NullMarked;
