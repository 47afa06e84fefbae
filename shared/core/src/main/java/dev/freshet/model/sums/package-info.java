/**
 * Sums that the model keeps for an owner's questions.
 *
 * <p>Enters: examples of lists shown, outcomes, interactions, and announcements of definitions.
 * Leaves: what became of lists by day, placement and arm; what users of each arm of an experiment
 * did, by bucket of users; how often each item was shown, clicked and read; and how much interest
 * each topic had by hour. All are immutable, bounded and without names of users; showings and
 * clicks are a signal too.
 */
@NullMarked
package dev.freshet.model.sums;

import org.jspecify.annotations.NullMarked;
