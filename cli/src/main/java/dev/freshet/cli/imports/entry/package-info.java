/**
 * What the lines of an import become.
 *
 * <p>Enters: lines of a file, through a {@link dev.freshet.cli.imports.entry.LineParser} of one
 * format. Leaves: {@link dev.freshet.cli.imports.entry.ImportEntry entries}, which are events,
 * items and users as the API takes them, lines that cannot be read, and lines that are left out.
 * {@link dev.freshet.cli.imports.entry.ApiRules} says what the API would refuse of them.
 */
@NullMarked
package dev.freshet.cli.imports.entry;

import org.jspecify.annotations.NullMarked;
