package dev.freshet.model.signal;

import dev.freshet.model.factor.FactorState;
import dev.freshet.model.factor.Factors;
import dev.freshet.model.factor.FoldIn;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import java.util.List;

/**
 * The factors: without an act its item has less weight in the fold-in, and the reader's vector is
 * another. Exact; one substitution for each act, one product for each act and candidate.
 */
final class FactorsAttributor implements Attributor {
    private final int[] candidates;
    private final Factors factors;
    private final float[] user;

    /** The reader's vector without each act. */
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
        for (int act = 0; act < without.length; act++) {
            Ablation ablation = ablations.get(act);
            boolean weighs =
                    ablation.rank() >= 0 && weights[ablation.rank()] > 0 && ablation.gone() > 0;
            if (weighs) {
                factors.vector(preferences.items()[ablation.rank()], vector);
                without[act] =
                        folded.without(user, vector, ablation.gone() * weights[ablation.rank()]);
            } else {
                without[act] = user;
            }
        }
    }

    @Override
    public void attribute(int at, ScoreLoss losses) {
        float[] vector = new float[Factors.RANK];
        factors.vector(candidates[at], vector);
        double with = FactorState.dot(user, vector);
        for (int act = 0; act < without.length; act++) {
            double loss = with - FactorState.dot(without[act], vector);
            losses.add(FactorSignals.FACTORS, act, loss);
            losses.support(FactorSignals.FACTORS, act, Math.max(0, loss));
        }
    }
}
