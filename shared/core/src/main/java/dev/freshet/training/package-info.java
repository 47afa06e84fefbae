/**
 * The training flow: from examples to versions of the model log.
 *
 * <p>Enters: records of the {@code examples} stream. Leaves: one version per batch ({@link
 * dev.freshet.training.TrainingFlow}), snapshots ({@link dev.freshet.training.Compaction}), closed
 * trend windows, and models rebuilt from the history ({@link dev.freshet.training.Replay}).
 */
@NullMarked
package dev.freshet.training;

import org.jspecify.annotations.NullMarked;
