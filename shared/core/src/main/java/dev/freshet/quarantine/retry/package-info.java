/**
 * Resubmission of quarantined records.
 *
 * <p>Enters: quarantined entries. Leaves: new records that carry the position of the first attempt,
 * unless the model log shows that the first attempt was applied.
 */
@NullMarked
package dev.freshet.quarantine.retry;

import org.jspecify.annotations.NullMarked;
