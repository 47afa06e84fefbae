/**
 * The stored definitions of experiments.
 *
 * <p>Enters: definitions as owners send them. Leaves: the port to their store, and the rules that a
 * definition keeps with those that are stored.
 */
@NullMarked
package dev.freshet.experiment.definition;

import org.jspecify.annotations.NullMarked;
