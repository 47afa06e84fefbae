/**
 * A small stack of our own for the local cloud's tests: an API takes notes, a stream carries them,
 * a function stores them.
 *
 * <p>In: notes over HTTP. Out: rows in a table, and what cannot be stored in a bucket.
 */
@NullMarked
package dev.freshet.local.sample;

import org.jspecify.annotations.NullMarked;
