/**
 * {@code freshet import}: sends what files record to the API.
 *
 * <p>Enters: files of a format that has a name, or a query. Leaves: requests to {@code POST
 * /v1/events} with the original times of the events and an import permit, and a count of every row:
 * accepted, or rejected with its reason.
 */
@NullMarked
package dev.freshet.cli.imports;

import org.jspecify.annotations.NullMarked;
