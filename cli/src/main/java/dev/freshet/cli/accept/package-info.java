/**
 * {@code freshet accept}: whether a stack does what it should, tried from outside.
 *
 * <p>Enters: the API of a stack, its outputs and AWS's control plane, or a local cloud. Leaves: a
 * line for each {@link dev.freshet.cli.accept.StackCheck}, and nothing in the stack that was not
 * there before.
 */
@NullMarked
package dev.freshet.cli.accept;

import org.jspecify.annotations.NullMarked;
