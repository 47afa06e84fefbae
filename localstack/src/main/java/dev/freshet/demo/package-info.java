/**
 * Simulated readers on the real API, and the reckoning of what became of their events.
 *
 * <p>Enters: a running API, a {@link dev.freshet.generator.Newspaper}, a rate and a time. Leaves: a
 * {@link dev.freshet.demo.DemoSummary} whose every number was measured: losses and doublings
 * against the tables and the model, freshness at the client, clicks by the generator's own
 * probabilities.
 */
@NullMarked
package dev.freshet.demo;

import org.jspecify.annotations.NullMarked;
