/**
 * Checks of arguments.
 *
 * <p>Enters: a condition that holds for every valid argument. Leaves: an {@link
 * java.lang.IllegalArgumentException} that says which rule an argument breaks.
 */
@NullMarked
package dev.freshet.check;

import org.jspecify.annotations.NullMarked;
