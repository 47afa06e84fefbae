package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;

/** Stacking: the weights that the model learned, for the context of the request. */
public record StackingStrategy() implements Strategy {
    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        return new Weights(request.model().blend().weights(request.signals().bucket()));
    }
}
