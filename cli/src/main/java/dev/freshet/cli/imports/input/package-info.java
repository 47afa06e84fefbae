/**
 * Files that {@code freshet import} reads.
 *
 * <p>Enters: a file of text lines, which may be compressed with gzip, or of Apache Parquet. Leaves:
 * its {@link dev.freshet.cli.imports.input.InputLine}s in order, each with its number, and how much
 * of the file has been read.
 */
@NullMarked
package dev.freshet.cli.imports.input;

import org.jspecify.annotations.NullMarked;
