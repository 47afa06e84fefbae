/**
 * A seeded, deterministic simulation of the whole write flow under faults.
 *
 * <p>Input: an {@link dev.freshet.simulation.Experiment} and a seed. Output: the differences
 * between the contents of tables and model at the end and those of an independent {@link
 * dev.freshet.simulation.Reference}.
 *
 * <p>The flows, the adapters of the streams, the model log and the rules of the event source
 * mapping are those of production; streams, tables and time are simulated. Every process is a
 * thread of which exactly one runs at a time, and {@link dev.freshet.simulation.Scheduler} draws
 * from the seed which one continues at each call of a store: equal seeds give identical runs, to
 * the byte. No thread sleeps; waiting advances the virtual clock.
 */
@NullMarked
package dev.freshet.simulation;

import org.jspecify.annotations.NullMarked;
