/**
 * Authentication and authorization: who calls the API, and which operations a caller may use.
 *
 * <p>Enters: the {@code Authorization} header of a request, and the keys that the owner of the
 * stack created. Leaves: a {@link dev.freshet.access.Caller}, the table of {@link
 * dev.freshet.access.Operations}, and signed tokens such as {@link
 * dev.freshet.access.ExposureToken}. Secrets are stored as hashes only; whatever is not explicitly
 * allowed is refused.
 */
@NullMarked
package dev.freshet.access;

import org.jspecify.annotations.NullMarked;
