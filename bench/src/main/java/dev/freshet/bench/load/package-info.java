/**
 * Load test of a local cloud on this machine. Input: requests at a rate. Output: throughput,
 * latency from when a request was due, the knee, and the memory of every process.
 *
 * <p>The generator is bounded as documented in {@link dev.freshet.bench.load.OpenLoop}.
 */
@NullMarked
package dev.freshet.bench.load;

import org.jspecify.annotations.NullMarked;
