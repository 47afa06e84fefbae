package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;

/**
 * The plain weighted ensemble: each source's own score, brought to mean zero and deviation one over
 * the candidates, times the source's share in the measured performance of all. Where nothing was
 * measured yet all sources weigh the same.
 */
public record WeightedStrategy() implements Strategy {
    /**
     * What one deviation of all sources together is worth in log odds: about as much as under the
     * weights that are learned, so that boosts mean the same.
     */
    static final double WORTH = 2;

    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        SourceScores scores = new SourceScores(request, candidates);
        double all = 0;
        int telling = 0;
        for (Source source : SignalFamilies.scored().toList()) {
            if (scores.tells(source)) {
                all += scores.performance(source);
                telling++;
            }
        }
        float[] weights = new float[SignalFamilies.COUNT];
        for (Source source : SignalFamilies.scored().toList()) {
            double share = all > 0 ? scores.performance(source) / all : 1.0 / Math.max(1, telling);
            scores.add(source, WORTH * share, weights);
        }
        return Weights.same(weights);
    }
}
