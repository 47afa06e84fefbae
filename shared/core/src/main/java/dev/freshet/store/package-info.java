/**
 * Types shared by all ports to stores: unavailability, backoff, ordered parallel work, bounded
 * maps, retention periods.
 *
 * <p>Enters: calls to a store. Leaves: {@link dev.freshet.store.StoreUnavailableException} where a
 * store does not answer, delays between retries, and the {@link dev.freshet.store.RetentionPolicy}
 * periods that the stack configures.
 */
@NullMarked
package dev.freshet.store;

import org.jspecify.annotations.NullMarked;
