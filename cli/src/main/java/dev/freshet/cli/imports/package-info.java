/**
 * {@code freshet import}: sends what files record to the API.
 *
 * <p>Enters: files of a format that has a name, or a query. Leaves: requests to {@code POST
 * /v1/events}, {@code POST /v1/items} and {@code PUT /v1/users/{id}} with the original times of the
 * events and an import permit, and a count of every row: accepted, or rejected with its reason. A
 * line of an {@link dev.freshet.cli.imports.Input} becomes an {@link
 * dev.freshet.cli.imports.ImportEntry}, which an {@link dev.freshet.cli.imports.EntrySender} sends;
 * a {@link dev.freshet.cli.imports.Checkpoint} tells what is settled.
 */
@NullMarked
package dev.freshet.cli.imports;

import org.jspecify.annotations.NullMarked;
