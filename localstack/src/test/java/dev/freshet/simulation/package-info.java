/**
 * A seeded, deterministic simulation of the whole write flow as things break.
 *
 * <p>In: an {@link dev.freshet.simulation.Experiment} and a seed. Out: the differences between what
 * tables and model hold at the end and what an independent {@link dev.freshet.simulation.Reference}
 * says they should hold.
 *
 * <p>The flows, the adapters of the streams, the model log and the rules of the event source
 * mapping are the ones of production; streams, tables and time are stood in for. Every process is a
 * thread of its own of which exactly one runs at a time, and {@link
 * dev.freshet.simulation.Scheduler} draws by the seed who goes on at each call of a store: the same
 * seed is the same run, to the byte. Nothing sleeps; waiting moves the clock.
 */
@NullMarked
package dev.freshet.simulation;

import org.jspecify.annotations.NullMarked;
