package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import org.jspecify.annotations.Nullable;

/**
 * One source at a time: of those that tell the candidates apart the one with the best measured
 * performance for readers of this history; what has nothing to say here leaves the turn to the
 * next. Where nothing was measured yet, the first that has something to say.
 */
public record SwitchingStrategy() implements Strategy {
    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        SourceScores scores = new SourceScores(request, candidates);
        @Nullable Source best = null;
        for (Source source : SignalFamilies.scored().toList()) {
            if (scores.tells(source)
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
