/**
 * Tests of the whole local cloud.
 *
 * <p>Input: the sample stack on real emulators. Output: that it answers, keeps its state and leaves
 * no process behind.
 */
@NullMarked
package dev.freshet.local;

import org.jspecify.annotations.NullMarked;
