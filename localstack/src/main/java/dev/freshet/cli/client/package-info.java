/**
 * The API as its callers see it: HTTP and JSON, nothing of Freshet's inside.
 *
 * <p>Enters: the address of an API, requests as JSON. Leaves: {@link
 * dev.freshet.cli.client.ApiResponse}s with the time they took.
 */
@NullMarked
package dev.freshet.cli.client;

import org.jspecify.annotations.NullMarked;
