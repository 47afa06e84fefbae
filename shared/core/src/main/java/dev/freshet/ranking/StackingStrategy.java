package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;

/**
 * Stacking: the weights that the model learned, for the context of the request. While the model is
 * young they are mixed with those of {@link WeightedStrategy}, which follow what each source alone
 * predicts and therefore need few choices: the share of the learned weights rises with each choice
 * learned, to the whole at {@value #YOUNG} of them.
 *
 * <p>Cost: while the model is young, one more pass over the signals of the candidates.
 */
public record StackingStrategy() implements Strategy {
    /** Number of choices learned until the weights are the learned ones alone. */
    static final int YOUNG = 2_000;

    private static final WeightedStrategy BEFORE = new WeightedStrategy();

    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        Weights learned = new Weights(request.model().blend().weights(request.signals().bucket()));
        double share = share(request.model().blend().steps());
        return share == 1 ? learned : learned.mixed(share, BEFORE.weights(request, candidates));
    }

    /** Returns the share of the learned weights after this many choices, 0 to 1. */
    static double share(long choices) {
        return Math.min(1, (double) choices / YOUNG);
    }
}
