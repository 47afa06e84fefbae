package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;

/**
 * {@link StackingStrategy}, whose first items are ranked anew by what the model learned about the
 * choices among them ({@link dev.freshet.model.blend.Residual}). Users without any interaction get
 * the order of {@link StackingStrategy}, because the residual is learned from others.
 */
public record ResidualStrategy() implements Strategy {
    private static final StackingStrategy STACKING = new StackingStrategy();

    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        return STACKING.weights(request, candidates);
    }

    @Override
    public float[] refinement(RequestContext request) {
        return request.preferences().interactions() == 0
                ? NO_REFINEMENT
                : request.model().blend().residualWeights();
    }
}
