/**
 * Adapters that keep everything in memory: for tests, simulations and benchmarks.
 *
 * <p>Enters and leaves: what the ports say. Thread-safe, deterministic (time comes in as an {@link
 * java.time.InstantSource}), and bound by the same contracts as the adapters of AWS's services.
 */
@NullMarked
package dev.freshet.storage.memory;

import org.jspecify.annotations.NullMarked;
