/**
 * Who may call the API, and what each may do.
 *
 * <p>Enters: what a request says in its {@code Authorization} header, and the keys that the owner
 * of the stack made. Leaves: {@link dev.freshet.access.Caller}, who is calling, and {@link
 * dev.freshet.access.Permissions}, the one list of who may call what. Secrets are kept as hashes
 * only; whatever is not known to be allowed is refused.
 */
@NullMarked
package dev.freshet.access;

import org.jspecify.annotations.NullMarked;
