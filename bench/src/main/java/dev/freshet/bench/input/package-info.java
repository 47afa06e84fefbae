/**
 * The processor time of the most expensive input that the API accepts.
 *
 * <p>Enters: how often to measure. Leaves: processor times of one thread, for filters with many
 * conditions and for requests with many user agents.
 */
@NullMarked
package dev.freshet.bench.input;

import org.jspecify.annotations.NullMarked;
