/**
 * Micro-segments of users: groups of alike tastes, drawn once a day by k-means over the users'
 * vectors, for insights and for the targeting of experiments. No recommendation reads them.
 *
 * <p>Enters: baskets, the vectors of items, the tags of the catalogue. Leaves: the segments, each
 * with its tags and number of people, and the segment of a user. Nothing is kept of a single user
 * here; lists shown name the segment that their user was in.
 */
@NullMarked
package dev.freshet.model.segment;

import org.jspecify.annotations.NullMarked;
