/**
 * Decayed counts of interactions, per item and per scope.
 *
 * <p>Enters: one interaction at a time, with its country and device. Leaves: counts at several
 * half-lives, the most popular and the trending items of a scope, and closed time windows for the
 * Trends table.
 */
@NullMarked
package dev.freshet.model.popularity;

import org.jspecify.annotations.NullMarked;
