/**
 * Sends what a file says to the API, once and in order, however often it is interrupted.
 *
 * <p>Enters: the {@link dev.freshet.cli.imports.entry.ImportEntry entries} of a file. Leaves:
 * requests to {@code POST /v1/events}, {@code POST /v1/items} and {@code PUT /v1/users/{id}}, at a
 * pace that follows what the API takes; a {@link dev.freshet.cli.imports.sending.Checkpoint} of
 * what is settled; and each refusal with its line.
 */
@NullMarked
package dev.freshet.cli.imports.sending;

import org.jspecify.annotations.NullMarked;
