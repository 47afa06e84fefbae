/**
 * The demo: simulated users on the real API, and the audit of the delivery of their events.
 *
 * <p>Input: a running API, a {@link dev.freshet.generator.GeneratedSite}, a rate and a duration.
 * Output: a {@link dev.freshet.demo.DemoSummary} in which every number is measured: lost and
 * duplicated events by comparison with the tables and the model, freshness at the client, and click
 * rates by the generator's known probabilities.
 */
@NullMarked
package dev.freshet.demo;

import org.jspecify.annotations.NullMarked;
