/**
 * The producers' side of the two streams.
 *
 * <p>Enters: encoded events and examples. Leaves: records, and which of them were not acknowledged.
 * The consumers' side is Lambda's event source mapping, so nothing here reads a stream.
 */
@NullMarked
package dev.freshet.storage.kinesis;

import org.jspecify.annotations.NullMarked;
