/**
 * The port for records that cannot be processed.
 *
 * <p>Enters: a record with the reason why it was refused. Leaves: quarantined entries, listed by
 * reason and day.
 */
@NullMarked
package dev.freshet.quarantine;

import org.jspecify.annotations.NullMarked;
