/**
 * Clients of AWS services, and the settings that the environment gives.
 *
 * <p>Enters: the environment ({@link dev.freshet.aws.Settings}). Leaves: open clients, secrets, and
 * errors of a service as {@link dev.freshet.store.StoreUnavailableException} where a retry can
 * help.
 */
@NullMarked
package dev.freshet.aws;

import org.jspecify.annotations.NullMarked;
