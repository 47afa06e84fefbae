package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;

/**
 * The weighted ensemble: the score of each source alone, normalised to mean zero and deviation one
 * over the candidates, times the source's share in the measured performance of all. Before anything
 * was measured all sources weigh the same.
 */
public record WeightedStrategy() implements Strategy {
    /**
     * Weight of one deviation of all sources together, in log odds: about as much as under learned
     * weights, so that boosts mean the same.
     */
    static final double WORTH = 2;

    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        SourceScores scores = new SourceScores(request, candidates);
        double all = 0;
        int counted = 0;
        for (Source source : SignalFamilies.SCORED) {
            if (scores.distinguishes(source)) {
                all += scores.performance(source);
                counted++;
            }
        }
        float[] weights = new float[SignalFamilies.COUNT];
        for (Source source : SignalFamilies.SCORED) {
            double share = all > 0 ? scores.performance(source) / all : 1.0 / Math.max(1, counted);
            scores.add(source, WORTH * share, weights);
        }
        return Weights.same(weights);
    }
}
