package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;

/** By stacking: the weights that the model learned, for the circumstance of the request. */
public record StackingStrategy() implements Strategy {
    @Override
    public Weights weights(RequestContext visit, Candidates candidates) {
        return new Weights(visit.model().blend().weights(visit.signals().circumstance()));
    }
}
