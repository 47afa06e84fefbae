/**
 * Answers to the owner's questions about how the stack is doing, what lists are worth, and what
 * experiments show.
 *
 * <p>Enters: a question for days, placements and arms. Leaves: the sums of the model for days that
 * can still change and those of the Outcomes table for the others, as rows with their rates; the
 * results of an experiment from the sums of the model.
 */
@NullMarked
package dev.freshet.insight;

import org.jspecify.annotations.NullMarked;
