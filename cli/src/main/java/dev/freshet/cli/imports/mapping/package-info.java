/**
 * Files that say what the columns of a table, or the members of JSON lines, mean.
 *
 * <p>Enters: a mapping in YAML, and the lines of a file. Leaves: the events, items and users that
 * the lines say by that mapping, or a problem with its line and column. {@link
 * dev.freshet.cli.imports.mapping.Suggestion} writes a first mapping for a file.
 */
@NullMarked
package dev.freshet.cli.imports.mapping;

import org.jspecify.annotations.NullMarked;
