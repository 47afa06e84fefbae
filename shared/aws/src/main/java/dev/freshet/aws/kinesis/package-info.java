/**
 * Producers of the two streams, and the history of examples.
 *
 * <p>Enters: encoded events and examples. Leaves: records, and the indexes of those that were not
 * acknowledged; for a replay, the examples read again. The consumers of the streams are Lambda's
 * event source mappings and the worker.
 */
@NullMarked
package dev.freshet.aws.kinesis;

import org.jspecify.annotations.NullMarked;
