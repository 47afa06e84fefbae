/**
 * The write flow, from a request's events to a new version of the model.
 *
 * <p>Enters: requests ({@link dev.freshet.stream.Collection}), records of the {@code events} stream
 * ({@link dev.freshet.stream.FeatureFlow}) and of the {@code examples} stream ({@link
 * dev.freshet.stream.TrainingFlow}). Leaves: rows, examples, versions, and what could not be taken
 * in quarantine.
 */
@NullMarked
package dev.freshet.stream;

import org.jspecify.annotations.NullMarked;
