/**
 * Experiments: what they are, who is in which arm, and what they show.
 *
 * <p>Enters: definitions as JSON, ids of users with the facts of a request, sums of outcomes by arm
 * and bucket. Leaves: checked definitions, assignments, and results with a conclusion that a person
 * can read. Everything is a pure function; nothing here reads a clock, a store or chance.
 */
@NullMarked
package dev.freshet.experiment;

import org.jspecify.annotations.NullMarked;
