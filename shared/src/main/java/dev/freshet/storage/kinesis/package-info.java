/**
 * The producers' side of the two streams, and the history of examples.
 *
 * <p>Enters: encoded events and examples. Leaves: records, and which of them were not acknowledged;
 * for a replay, the examples read again. The consumers' side is Lambda's event source mapping or
 * the worker.
 */
@NullMarked
package dev.freshet.storage.kinesis;

import org.jspecify.annotations.NullMarked;
