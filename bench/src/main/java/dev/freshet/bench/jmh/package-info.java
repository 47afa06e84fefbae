/**
 * Micro-benchmarks of the model in memory, with JMH.
 *
 * <p>Input: recorded or generated behaviour of a given size ({@link dev.freshet.bench.jmh.World}).
 * Output: how fast examples are learned, how long a recommendation, a snapshot and a delta take,
 * and the size of these and of the model in bytes. Stores and HTTP are not included.
 */
@NullMarked
package dev.freshet.bench.jmh;

import org.jspecify.annotations.NullMarked;
