/**
 * Histories from files, through the API's front door.
 *
 * <p>Enters: a file in one of the known {@link dev.freshet.cli.imports.Format}s. Leaves: requests
 * to {@code POST /v1/events} with their original times, under an import permit, and an account of
 * every row: accepted, or rejected with its reason.
 */
@NullMarked
package dev.freshet.cli.imports;

import org.jspecify.annotations.NullMarked;
