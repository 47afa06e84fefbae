/**
 * Processes of a local cloud killed while it is used.
 *
 * <p>Enters: how to start a local cloud, a seed, a time. Leaves: what was killed, when, how long it
 * was away, and how the API answered meanwhile.
 */
@NullMarked
package dev.freshet.demo.chaos;

import org.jspecify.annotations.NullMarked;
