/**
 * Offline evaluation. Input: a data set, which is replayed through the production trainer, model
 * and ranking. Output: figures.
 *
 * <p>A {@link dev.freshet.bench.evaluate.Plan} says what is learned first, and what is ranked then;
 * a {@link dev.freshet.bench.evaluate.Pass} takes {@link dev.freshet.bench.evaluate.Method}s
 * through it, which are the product and the baselines; a {@link dev.freshet.bench.evaluate.Sheet}
 * makes figures of what each of their lists scored.
 */
@NullMarked
package dev.freshet.bench.evaluate;

import org.jspecify.annotations.NullMarked;
