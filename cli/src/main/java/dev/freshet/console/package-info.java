/**
 * What a command prints and reads: sentences for people, JSON for machines, progress, and files
 * that it keeps from others.
 *
 * <p>Enters: results and paths. Leaves: lines on a terminal, files of a state folder, and a {@link
 * dev.freshet.console.CommandException} whose message says what to do next.
 */
@NullMarked
package dev.freshet.console;

import org.jspecify.annotations.NullMarked;
