/**
 * Interactions of users, as immutable values.
 *
 * <p>Enters: the fields of an interaction, already checked. Leaves: {@link dev.freshet.event.Event}
 * and its parts: the user, the type and its strength, the target, the context, and the position in
 * a stream. The package depends on no table, model or HTTP; an owner's strengths are read from
 * JSON.
 */
@NullMarked
package dev.freshet.event;

import org.jspecify.annotations.NullMarked;
