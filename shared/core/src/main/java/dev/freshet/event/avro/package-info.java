/**
 * Avro encoding of events on the {@code events} stream.
 *
 * <p>Enters: an {@link dev.freshet.event.Event}. Leaves: bytes in Avro single-object encoding, and
 * the event decoded from them. Every released version of the schema can be decoded.
 */
@NullMarked
package dev.freshet.event.avro;

import org.jspecify.annotations.NullMarked;
