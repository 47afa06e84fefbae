/**
 * A game that measures what the answers of the recommender tell a stranger of one person.
 *
 * <p>Enters: a model, and the interactions that it was and was not learned from. Leaves: how much
 * more often a stranger is right about a person than where the person did not do it.
 */
@NullMarked
package dev.freshet.bench.privacy;

import org.jspecify.annotations.NullMarked;
