/**
 * Ranking: the order of the candidates, and its reasons.
 *
 * <p>Enters: a {@link dev.freshet.candidate.RequestContext} and its {@link
 * dev.freshet.candidate.Candidates}. Leaves: the chosen items in order ({@link
 * dev.freshet.ranking.Blend}, then {@link dev.freshet.ranking.Diversifier}), each with the shares
 * of its score in words and the effect of the user's own events ({@link
 * dev.freshet.ranking.Explanation}).
 */
@NullMarked
package dev.freshet.ranking;

import org.jspecify.annotations.NullMarked;
