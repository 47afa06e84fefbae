/**
 * What became of the lists shown: sums by day, placement and arm of an experiment.
 *
 * <p>Enters: examples of lists shown and of outcomes. Leaves: the sums of the days that can still
 * change, as a part of the model, and those of closed days for the Outcomes table.
 */
@NullMarked
package dev.freshet.model.outcome;

import org.jspecify.annotations.NullMarked;
