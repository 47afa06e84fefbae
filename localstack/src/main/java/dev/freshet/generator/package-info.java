/**
 * A newspaper and its readers, made up from a seed: what the demo shows and what tests learn from.
 *
 * <p>Enters: a seed and a start time. Leaves: a {@link dev.freshet.generator.Newspaper} of articles
 * with text and {@link dev.freshet.generator.SimulatedUser}s whose probability of a click is known
 * exactly, so that a recommender can be judged without luck. The same seed gives the same world on
 * every machine.
 */
@NullMarked
package dev.freshet.generator;

import org.jspecify.annotations.NullMarked;
