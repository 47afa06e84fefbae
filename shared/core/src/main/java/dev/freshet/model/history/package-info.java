/**
 * The interactions of one user, as the model sees them.
 *
 * <p>Enters: rows, the current session, or the basket entries of a user. Leaves: {@link
 * dev.freshet.model.history.Preferences}: item indexes with strengths and times, newest first; and
 * item lists with scores.
 */
@NullMarked
package dev.freshet.model.history;

import org.jspecify.annotations.NullMarked;
