/**
 * Tests of the command line and of what its commands share.
 *
 * <p>Enters: arguments. Leaves: exit codes and sentences.
 */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
