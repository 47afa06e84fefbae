/**
 * What access costs and what it gives away: the time that a key adds to a request, and whether the
 * time of its comparison depends on how much of it is right.
 */
@NullMarked
package dev.freshet.bench.access;

import org.jspecify.annotations.NullMarked;
