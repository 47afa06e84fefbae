/**
 * Producers of the two streams, and the history of examples.
 *
 * <p>Enters: encoded events and examples. Leaves: records, and which of them were not acknowledged;
 * for a replay, the examples read again. Consumers are the event source mapping of Lambda and the
 * worker.
 */
@NullMarked
package dev.freshet.aws.kinesis;

import org.jspecify.annotations.NullMarked;
