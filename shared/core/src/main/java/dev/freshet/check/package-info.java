/**
 * Checks of arguments, and the hash by which contents are checked and told apart.
 *
 * <p>Enters: a condition that holds for every valid argument; bytes, a text or a file. Leaves: an
 * {@link java.lang.IllegalArgumentException} that says which rule an argument breaks; the SHA-256.
 */
@NullMarked
package dev.freshet.check;

import org.jspecify.annotations.NullMarked;
