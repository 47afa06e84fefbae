/**
 * A small sample stack for the local cloud's tests: an API accepts notes, a stream carries them, a
 * function stores them.
 *
 * <p>Input: notes over HTTP. Output: rows in a table, and notes that cannot be stored in a bucket.
 */
@NullMarked
package dev.freshet.local.sample;

import org.jspecify.annotations.NullMarked;
