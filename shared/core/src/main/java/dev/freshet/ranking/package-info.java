/**
 * Ranking: which candidates stand on top, and why.
 *
 * <p>Enters: a {@link dev.freshet.candidate.RequestContext} and its {@link
 * dev.freshet.candidate.Candidates}. Leaves: the chosen ones in order ({@link
 * dev.freshet.ranking.Blend}, then {@link dev.freshet.ranking.Diversifier}), each with the parts of
 * its score told in words, and the reader's own events that moved it ({@link
 * dev.freshet.ranking.Explanation}).
 */
@NullMarked
package dev.freshet.ranking;

import org.jspecify.annotations.NullMarked;
