/**
 * Adapters that keep everything in memory, for tests, simulations and benchmarks.
 *
 * <p>Enters: values, as the ports define them. Leaves: the values read back. Thread-safe,
 * deterministic, and held to the contracts that the adapters of AWS services pass.
 */
@NullMarked
package dev.freshet.testkit.memory;

import org.jspecify.annotations.NullMarked;
