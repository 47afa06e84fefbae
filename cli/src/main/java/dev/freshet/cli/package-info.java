/**
 * The command line {@code freshet} and what its commands share.
 *
 * <p>Enters: arguments. Leaves: lines for people on standard output, or with {@code --json} one
 * JSON object on its last line, and an exit code. A failure is one sentence that says what to do
 * next, never a stack trace. Commands are found through {@link dev.freshet.cli.CommandProvider}.
 */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
