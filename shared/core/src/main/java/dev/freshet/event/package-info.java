/**
 * Interactions of users, as immutable values and as bytes of the {@code events} stream.
 *
 * <p>Enters: the fields of an interaction, already checked. Leaves: {@link dev.freshet.event.Event}
 * and its parts: the user, the type and its strength, the target, the context, and the position in
 * a stream; and its Avro single-object encoding ({@link dev.freshet.event.EventCodec}), which reads
 * every released version of the schema. The package depends on no table, model or HTTP; an owner's
 * strengths are read from JSON.
 */
@NullMarked
package dev.freshet.event;

import org.jspecify.annotations.NullMarked;
