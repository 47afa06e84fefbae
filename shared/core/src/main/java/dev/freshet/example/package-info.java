/**
 * Training examples and their encoding.
 *
 * <p>Enters: interactions, catalogue changes, merges and erasures that are to be learned. Leaves:
 * {@link dev.freshet.example.Example} values under pseudonyms, their binary form, and the ports of
 * the {@code examples} stream.
 */
@NullMarked
package dev.freshet.example;

import org.jspecify.annotations.NullMarked;
