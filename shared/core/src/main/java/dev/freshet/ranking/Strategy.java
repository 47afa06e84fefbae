package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the signals of all sources become one score; chosen by configuration. */
public sealed interface Strategy {
    /** Name of the default strategy. */
    String USUAL = "stacking";

    /** Names of the strategies that can be chosen, for messages. */
    String NAMES = "stacking, weighted, switching";

    /** Returns the weights for a request. */
    Weights weights(RequestContext request, Candidates candidates);

    /** Returns the strategy of a name, one of {@value #NAMES}. */
    static Optional<Strategy> of(String name) {
        return switch (name) {
            case "stacking" -> Optional.of(new StackingStrategy());
            case "weighted" -> Optional.of(new WeightedStrategy());
            case "switching" -> Optional.of(new SwitchingStrategy());
            default -> Optional.empty();
        };
    }

    /**
     * Stacking: the weights that the model learned, for the context of the request. While the model
     * is young, those for users with a thin history are mixed with those of {@link
     * WeightedStrategy}, which follow what each source alone predicts and therefore need few
     * choices: the share of the learned weights rises with each choice learned, to the whole at
     * {@value #YOUNG} of them. For users with a history the weights that learning starts from are
     * the better ones.
     *
     * <p>Cost: while the model is young, one more pass over the candidates.
     */
    record StackingStrategy() implements Strategy {
        /**
         * Number of choices learned until the weights of all users with a history are the learned
         * ones alone.
         */
        static final int YOUNG = 2_000;

        /** The largest share of the learned weights for a user without any history. */
        static final double WITHOUT_HISTORY = 0.5;

        private static final WeightedStrategy BEFORE = new WeightedStrategy();

        @Override
        public Weights weights(RequestContext request, Candidates candidates) {
            Weights learned =
                    new Weights(request.model().blend().weights(request.signals().bucket()));
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

    /**
     * The weighted ensemble: the score of each source alone, normalised to mean zero and deviation
     * one over the candidates, times the source's share in the measured performance of all. Before
     * anything was measured all sources weigh the same.
     */
    record WeightedStrategy() implements Strategy {
        /**
         * Weight of one deviation of all sources together, in log odds: about as much as under
         * learned weights, so that boosts mean the same.
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
                double share =
                        all > 0 ? scores.performance(source) / all : 1.0 / Math.max(1, counted);
                scores.add(source, WORTH * share, weights);
            }
            return Weights.same(weights);
        }
    }

    /**
     * One source at a time: of those whose scores differ among the candidates, the one with the
     * best measured performance for users with this length of history; before anything was
     * measured, the first of them.
     */
    record SwitchingStrategy() implements Strategy {
        @Override
        public Weights weights(RequestContext request, Candidates candidates) {
            SourceScores scores = new SourceScores(request, candidates);
            @Nullable Source best = null;
            for (Source source : SignalFamilies.SCORED) {
                if (scores.distinguishes(source)
                        && (best == null
                                || scores.performance(source) > scores.performance(best))) {
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

    /**
     * The weights of another strategy, with those of some sources multiplied.
     *
     * <p>Cost: one multiplication for each signal and class of item age.
     *
     * @param factors by the source's wire name, at least 0; 1 for a source that is left out
     */
    record ScaledStrategy(Strategy unscaled, Map<String, Double> factors) implements Strategy {
        @Override
        public Weights weights(RequestContext request, Candidates candidates) {
            float[] bySignal = new float[SignalFamilies.COUNT];
            for (Signal signal : SignalFamilies.SIGNALS) {
                bySignal[signal.at()] =
                        factors.getOrDefault(signal.source().wireName(), 1.0).floatValue();
            }
            return unscaled.weights(request, candidates).times(bySignal);
        }
    }
}
