/**
 * Files that {@code freshet import} reads.
 *
 * <p>Enters: a file of text lines, which may be compressed with gzip, or a DuckDB query over files
 * of any other kind. Leaves: its {@link dev.freshet.cli.imports.input.InputLine}s in order, each
 * with its number, and how much of the file has been read.
 */
@NullMarked
package dev.freshet.cli.imports.input;

import org.jspecify.annotations.NullMarked;
