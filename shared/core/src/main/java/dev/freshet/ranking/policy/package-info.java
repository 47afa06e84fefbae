/**
 * Policies that choose by chance with known probabilities.
 *
 * <p>Enters: a pool of alternatives with their worth. Leaves: draws, each with its probability
 * given the draws before. Nothing here knows what an item is.
 */
@NullMarked
package dev.freshet.ranking.policy;

import org.jspecify.annotations.NullMarked;
