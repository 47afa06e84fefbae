/**
 * A client of the HTTP API, which depends on none of Freshet's other packages.
 *
 * <p>Enters: the address of an API, a credential, requests as JSON. Leaves: {@link
 * dev.freshet.api.ApiResponse}s with the time that they took.
 */
@NullMarked
package dev.freshet.api;

import org.jspecify.annotations.NullMarked;
