/**
 * What a reader did, as one immutable value.
 *
 * <p>Enters: the JSON of a request to {@code POST /v1/events} and the bytes of the {@code events}
 * stream. Leaves: a checked {@link dev.freshet.event.Event}, or a {@link dev.freshet.event.Refusal}
 * that says why not, and the Avro bytes of the stream. Knows nothing of tables, models or HTTP.
 */
@NullMarked
package dev.freshet.event;

import org.jspecify.annotations.NullMarked;
