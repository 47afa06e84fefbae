/**
 * {@code freshet experiments}: works with the definitions of experiments.
 *
 * <p>Enters: the command line, definitions in files. Leaves: what is wrong with them, or what they
 * would do.
 */
@NullMarked
package dev.freshet.cli.experiments;

import org.jspecify.annotations.NullMarked;
