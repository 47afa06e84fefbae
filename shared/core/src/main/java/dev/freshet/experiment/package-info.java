/**
 * Experiments: what they are, where their definitions are stored, who is in which arm, and what
 * they show.
 *
 * <p>Enters: definitions as JSON, ids of users with the facts of a request, sums of outcomes by arm
 * and bucket. Leaves: checked definitions and the port to their store, assignments, and results
 * with a conclusion that a person can read. Nothing here reads a clock or chance.
 */
@NullMarked
package dev.freshet.experiment;

import org.jspecify.annotations.NullMarked;
