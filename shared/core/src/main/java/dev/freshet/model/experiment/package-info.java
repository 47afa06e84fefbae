/**
 * Experiments as the model holds them: what users of each arm did, as sums.
 *
 * <p>Enters: examples of users who are enrolled in an experiment. Leaves: sums by arm and bucket of
 * users, from which {@code experiment} computes results.
 */
@NullMarked
package dev.freshet.model.experiment;

import org.jspecify.annotations.NullMarked;
