/**
 * {@code freshet experiments}: works with the definitions of experiments.
 *
 * <p>Enters: the command line, definitions in files, answers of a stack. Leaves: what is wrong with
 * definitions, what they would do, and which a stack has.
 */
@NullMarked
package dev.freshet.cli.experiments;

import org.jspecify.annotations.NullMarked;
