/**
 * The parts that the Lambda handlers and the worker share: the composition root, logs and metrics.
 *
 * <p>Enters: {@link dev.freshet.aws.Settings}. Leaves: the flows of the recommender, joined with
 * their adapters by {@link dev.freshet.functions.runtime.Wiring}; the consumers of both streams;
 * log lines and metrics in the formats of CloudWatch.
 */
@NullMarked
package dev.freshet.functions.runtime;

import org.jspecify.annotations.NullMarked;
