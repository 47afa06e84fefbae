/**
 * Tests of the command line.
 *
 * <p>In: arguments and signals. Out: exit codes, sentences, and processes that are gone.
 */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
