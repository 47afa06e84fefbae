package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.vectors.FactorState;
import dev.freshet.model.vectors.Factors;
import dev.freshet.model.vectors.FoldIn;
import java.util.List;

/** Product of the user's and the item's learned vectors. Costs one fold-in of the user. */
public final class FactorSignals extends SignalFamily {
    public static final Source SOURCE = new Source(11, "factors");

    /** Product of both vectors, mostly 0 to 1. */
    public static final Signal FACTORS = Signal.of(29, "factors", SOURCE).leastUnit(0.1f);

    FactorSignals() {
        super(SOURCE, Lead.ACTION, FACTORS);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static final class OfRequest extends Prepared {
        private final Factors factors;
        private final float[] user;
        private float[] scores = new float[0];

        OfRequest(SignalContext context) {
            super(context);
            factors = model.factors();
            user = factors.user(preferences);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            vector[FACTORS.at()] =
                    item.item() < scores.length
                            ? scores[item.item()]
                            : factors.score(user, item.item());
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            if (preferences.isEmpty()) {
                return List.of();
            }
            scores = scores.length == 0 ? factors.scores(user) : scores;
            return List.of(factors.near(scores, preferences, limit));
        }

        /**
         * Attributes the product of vectors to actions: without an action its item has less weight
         * in the fold-in, and the user's vector is another. Exact. Costs one substitution for each
         * action, and one product for each action and candidate.
         */
        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            FoldIn folded = factors.empty();
            double[] weights = new double[preferences.size()];
            float[] vector = new float[Factors.RANK];
            for (int rank = 0; rank < weights.length && !folded.isFull(); rank++) {
                weights[rank] = factors.add(folded, preferences, rank, vector);
            }
            float[] whole = folded.solve();
            float[][] without = new float[ablations.size()][];
            for (int action = 0; action < without.length; action++) {
                Ablation ablation = ablations.get(action);
                double weight = ablation.isFollow() ? 0 : weights[ablation.rank()];
                without[action] = whole;
                if (weight > 0 && ablation.lostShare() > 0) {
                    factors.vector(preferences.items()[ablation.rank()], vector);
                    double gone = ablation.lostShare() * weight;
                    without[action] = folded.without(whole, vector, gone);
                }
            }
            return List.of(
                    (at, losses) -> {
                        factors.vector(candidates[at], vector);
                        double with = FactorState.dot(whole, vector);
                        for (int action = 0; action < without.length; action++) {
                            double loss = with - FactorState.dot(without[action], vector);
                            losses.add(FACTORS, action, loss);
                            losses.support(FACTORS, action, Math.max(0, loss));
                        }
                    });
        }
    }
}
