/**
 * {@code freshet import}: sends recorded events from a file to the API.
 *
 * <p>Enters: a file in one of the known {@link dev.freshet.cli.imports.Format}s. Leaves: requests
 * to {@code POST /v1/events} with the original times of the events and an import permit, and a
 * count of every row: accepted, or rejected with its reason.
 */
@NullMarked
package dev.freshet.cli.imports;

import org.jspecify.annotations.NullMarked;
