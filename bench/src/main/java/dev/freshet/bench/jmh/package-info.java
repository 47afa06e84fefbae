/**
 * Micro-benchmarks of the model in memory, by JMH.
 *
 * <p>Enters: recorded or made-up behaviour of a stated size ({@link dev.freshet.bench.jmh.World}).
 * Leaves: how fast examples are learned, how long a whole recommendation, a snapshot and a delta
 * take, and how many bytes they and the model are. No store and no HTTP is part of it.
 */
@NullMarked
package dev.freshet.bench.jmh;

import org.jspecify.annotations.NullMarked;
