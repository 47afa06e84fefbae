/**
 * The store of records that cannot be processed.
 *
 * <p>Enters: a record with the reason why it cannot be processed. Leaves: open entries, for the
 * operator and for {@link dev.freshet.quarantine.retry}, and notes on settled ones.
 */
@NullMarked
package dev.freshet.quarantine;

import org.jspecify.annotations.NullMarked;
