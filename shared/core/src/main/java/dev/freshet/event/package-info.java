/**
 * Interactions of users, as immutable values.
 *
 * <p>Enters: the fields of an interaction, already checked. Leaves: {@link dev.freshet.event.Event}
 * and its parts: the user, the type and its strength, the target, the context, and the position in
 * a stream. Knows nothing of JSON, tables, models or HTTP.
 */
@NullMarked
package dev.freshet.event;

import org.jspecify.annotations.NullMarked;
