/**
 * Offline evaluation. Input: a data set, which is replayed through the production trainer, model
 * and ranking. Output: figures.
 *
 * <p>Two protocols: <em>prequential</em>, in which events are processed in time order and each
 * first interaction of a person with an item is ranked before it is learned; and <em>split</em>, in
 * which train lines are learned in one pass and test lines are ranked afterwards. {@link
 * dev.freshet.bench.evaluate.Baseline}s process the same stream.
 */
@NullMarked
package dev.freshet.bench.evaluate;

import org.jspecify.annotations.NullMarked;
