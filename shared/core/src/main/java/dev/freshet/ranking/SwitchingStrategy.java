package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import org.jspecify.annotations.Nullable;

/**
 * One source at a time: of those whose scores differ among the candidates, the one with the best
 * measured performance for users with this length of history; before anything was measured, the
 * first of them.
 */
public record SwitchingStrategy() implements Strategy {
    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        SourceScores scores = new SourceScores(request, candidates);
        @Nullable Source best = null;
        for (Source source : SignalFamilies.SCORED) {
            if (scores.distinguishes(source)
                    && (best == null || scores.performance(source) > scores.performance(best))) {
                best = source;
            }
        }
        float[] weights = new float[SignalFamilies.COUNT];
        if (best != null) {
            scores.add(best, WeightedStrategy.WORTH, weights);
        }
        return Weights.same(weights);
    }
}
