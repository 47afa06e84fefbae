package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.history.HistoryLength;

/**
 * Stacking: the weights that the model learned, for the context of the request. While the model is
 * young, those for users with a thin history are mixed with those of {@link WeightedStrategy},
 * which follow what each source alone predicts and therefore need few choices: the share of the
 * learned weights rises with each choice learned, to the whole at {@value #YOUNG} of them. For
 * users with a history the weights that learning starts from are the better ones.
 *
 * <p>Cost: while the model is young, one more pass over the signals of the candidates.
 */
public record StackingStrategy() implements Strategy {
    /**
     * Number of choices learned until the weights of all users with a history are the learned ones
     * alone.
     */
    static final int YOUNG = 2_000;

    /** The largest share of the learned weights for a user without any history. */
    static final double WITHOUT_HISTORY = 0.5;

    private static final WeightedStrategy BEFORE = new WeightedStrategy();

    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        Weights learned = new Weights(request.model().blend().weights(request.signals().bucket()));
        double share =
                request.signals().bucket().history() == HistoryLength.THIN.at()
                        ? share(request.model().blend().steps())
                        : 1;
        if (request.preferences().interactions() == 0) {
            share = Math.min(share, WITHOUT_HISTORY);
        }
        return share == 1 ? learned : learned.mixed(share, BEFORE.weights(request, candidates));
    }

    /** Returns the share of the learned weights after this many choices, 0 to 1. */
    static double share(long choices) {
        return Math.min(1, (double) choices / YOUNG);
    }
}
