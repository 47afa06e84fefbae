/**
 * Jobs for Spark over the lake.
 *
 * <p>Enters: the table {@code interactions}, with {@code merges} where there are aliases. Leaves: a
 * file of neighbours and a table of them, or a table of factors. What a pair is worth is in {@link
 * dev.freshet.model.memory.PairWeights}, without Spark; {@link dev.freshet.batch.NeighboursJob}
 * distributes it. {@link dev.freshet.batch.FactorsJob} has Spark's own library learn factors.
 */
@NullMarked
package dev.freshet.batch;

import org.jspecify.annotations.NullMarked;
