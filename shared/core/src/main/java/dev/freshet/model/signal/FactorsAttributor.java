package dev.freshet.model.signal;

import dev.freshet.model.factor.FactorState;
import dev.freshet.model.factor.Factors;
import dev.freshet.model.factor.FoldIn;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import java.util.List;

/**
 * Attributes the product of vectors to actions: without an action its item has less weight in the
 * fold-in, and the user's vector is another. Exact. Costs one substitution for each action, and one
 * product for each action and candidate.
 */
final class FactorsAttributor implements Attributor {
    private final int[] candidates;
    private final Factors factors;
    private final float[] user;

    /** The user's vector without each action. */
    private final float[][] without;

    FactorsAttributor(
            Factors factors, Preferences preferences, List<Ablation> ablations, int[] candidates) {
        this.factors = factors;
        this.candidates = candidates;
        FoldIn folded = factors.empty();
        double[] weights = new double[preferences.size()];
        float[] vector = new float[Factors.RANK];
        for (int rank = 0; rank < weights.length && !folded.isFull(); rank++) {
            weights[rank] = factors.add(folded, preferences, rank, vector);
        }
        user = folded.solve();
        without = new float[ablations.size()][];
        for (int action = 0; action < without.length; action++) {
            Ablation ablation = ablations.get(action);
            boolean weighs =
                    ablation.rank() >= 0
                            && weights[ablation.rank()] > 0
                            && ablation.lostShare() > 0;
            if (weighs) {
                factors.vector(preferences.items()[ablation.rank()], vector);
                without[action] =
                        folded.without(
                                user, vector, ablation.lostShare() * weights[ablation.rank()]);
            } else {
                without[action] = user;
            }
        }
    }

    @Override
    public void attribute(int at, ScoreLoss losses) {
        float[] vector = new float[Factors.RANK];
        factors.vector(candidates[at], vector);
        double with = FactorState.dot(user, vector);
        for (int action = 0; action < without.length; action++) {
            double loss = with - FactorState.dot(without[action], vector);
            losses.add(FactorSignals.FACTORS, action, loss);
            losses.support(FactorSignals.FACTORS, action, Math.max(0, loss));
        }
    }
}
