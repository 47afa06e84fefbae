/**
 * Clients of AWS services, and the settings that the environment provides. Services of which the
 * jar has no client are reached by {@link dev.freshet.aws.SignedHttp}: Lambda, Athena and
 * CloudWatch.
 *
 * <p>Enters: environment variables ({@link dev.freshet.aws.Settings}). Leaves: open clients,
 * secrets, and the failures of services as {@link dev.freshet.store.StoreUnavailableException}
 * where a retry can help.
 */
@NullMarked
package dev.freshet.aws;

import org.jspecify.annotations.NullMarked;
