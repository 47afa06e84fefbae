/**
 * The command line {@code freshet}: the same API as HTTP, and the local cloud.
 *
 * <p>In: arguments and a checkout. Out: lines for people on standard output, or with {@code --json}
 * one JSON object on its last line, and an exit code. A refusal is one sentence that says what to
 * do next, never a stack trace. Commands are found through {@link dev.freshet.cli.CommandProvider}.
 */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
