/**
 * Adapters that keep everything in memory, for tests, simulations and benchmarks.
 *
 * <p>Enters: values, as the ports define them. Leaves: the values read back. The adapters are
 * thread-safe and deterministic, and pass the contracts that the AWS adapters pass.
 */
@NullMarked
package dev.freshet.testkit.memory;

import org.jspecify.annotations.NullMarked;
