package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.ranking.BlendedScores;

/**
 * The candidates of a request and their scores.
 *
 * @param blended every candidate, best first
 */
public record RankedCandidates(Candidates candidates, BlendedScores blended) {}
