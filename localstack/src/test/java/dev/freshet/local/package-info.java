/**
 * Tests of the local cloud as a whole.
 *
 * <p>In: the sample stack on real emulators. Out: that it answers, keeps its state and leaves
 * nothing behind.
 */
@NullMarked
package dev.freshet.local;

import org.jspecify.annotations.NullMarked;
