/**
 * Tests of commands against a running local cloud.
 *
 * <p>Enters: arguments and signals. Leaves: exit codes, output, and processes that have ended.
 */
@NullMarked
package dev.freshet.local.command;

import org.jspecify.annotations.NullMarked;
