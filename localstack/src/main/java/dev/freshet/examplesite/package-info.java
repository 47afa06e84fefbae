/**
 * Example sites as files, for the tutorials and for a first look: {@code freshet example}.
 *
 * <p>Input: a seed, the number of events and the time at which they end. Output: the items, users
 * and events of a made-up shop or newspaper, as JSON lines that the other commands take. Equal
 * arguments give equal files on every machine.
 */
@NullMarked
package dev.freshet.examplesite;

import org.jspecify.annotations.NullMarked;
