/**
 * Statistics of experiments, as pure functions.
 *
 * <p>Enters: sums by bucket of users, counts of users by arm. Leaves: estimates with variances,
 * intervals and e-values that hold at every look, and checks of the split. Nothing here knows what
 * an experiment is, reads a clock or draws random numbers.
 */
@NullMarked
package dev.freshet.statistics;

import org.jspecify.annotations.NullMarked;
