/**
 * Load from this machine onto a local cloud of this machine: requests at a rate enter, and figures
 * leave: throughput, latency from when a request was due, the knee, the memory of every process.
 *
 * <p>The generator is bounded as what it drives is: {@link dev.freshet.bench.load.OpenLoop} says by
 * how much.
 */
@NullMarked
package dev.freshet.bench.load;

import org.jspecify.annotations.NullMarked;
