/**
 * Offline evaluation: a data set enters, is replayed through the very trainer, model and ranking
 * that run in production, and figures leave.
 *
 * <p>Two protocols. <em>Prequential</em>: events in time order, each first meeting of a person with
 * an item is ranked before it is learned. <em>Split</em>: train lines are learned in one pass, then
 * test lines are ranked. {@link dev.freshet.bench.evaluate.Baseline}s see the same stream in the
 * same pass.
 */
@NullMarked
package dev.freshet.bench.evaluate;

import org.jspecify.annotations.NullMarked;
