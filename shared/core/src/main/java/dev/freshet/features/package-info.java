/**
 * The write flow of one shard: from a batch of events to rows and examples.
 *
 * <p>Enters: records of the {@code events} stream. Leaves: rows of {@code Interactions} and {@code
 * Users}, and the examples of the finished prefix of the batch ({@link
 * dev.freshet.features.FeatureFlow}); a record that cannot be processed leaves for the port {@link
 * dev.freshet.features.Quarantine}, with the reason. The port {@link
 * dev.freshet.features.Interactions} and the value {@link dev.freshet.features.History} are used by
 * the read flow as well.
 */
@NullMarked
package dev.freshet.features;

import org.jspecify.annotations.NullMarked;
