/**
 * Measurement of access control: the time that a key adds to a request, and whether the time of its
 * comparison reveals how much of it is right.
 */
@NullMarked
package dev.freshet.bench.access;

import org.jspecify.annotations.NullMarked;
