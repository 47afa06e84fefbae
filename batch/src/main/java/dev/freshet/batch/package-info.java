/**
 * Jobs for Spark over the lake.
 *
 * <p>Enters: the table {@code interactions}, with {@code merges} where there are aliases. Leaves: a
 * file of neighbours and a table of them. What is computed is in {@link
 * dev.freshet.batch.PairWeights}, without Spark; {@link dev.freshet.batch.NeighboursJob}
 * distributes it.
 */
@NullMarked
package dev.freshet.batch;

import org.jspecify.annotations.NullMarked;
