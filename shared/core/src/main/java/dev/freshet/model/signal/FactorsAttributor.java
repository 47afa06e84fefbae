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
    private final float[] reader;

    /** The reader's vector without each act. */
    private final float[][] without;

    FactorsAttributor(Factors factors, Preferences taste, List<Ablation> acts, int[] candidates) {
        this.factors = factors;
        this.candidates = candidates;
        FoldIn folded = factors.empty();
        double[] weights = new double[taste.size()];
        float[] vector = new float[Factors.RANK];
        for (int rank = 0; rank < weights.length && !folded.isFull(); rank++) {
            weights[rank] = factors.add(folded, taste, rank, vector);
        }
        reader = folded.solve();
        without = new float[acts.size()][];
        for (int act = 0; act < without.length; act++) {
            Ablation left = acts.get(act);
            boolean weighs = left.rank() >= 0 && weights[left.rank()] > 0 && left.gone() > 0;
            if (weighs) {
                factors.vector(taste.items()[left.rank()], vector);
                without[act] = folded.without(reader, vector, left.gone() * weights[left.rank()]);
            } else {
                without[act] = reader;
            }
        }
    }

    @Override
    public void leave(int at, ScoreLoss losses) {
        float[] vector = new float[Factors.RANK];
        factors.vector(candidates[at], vector);
        double with = FactorState.dot(reader, vector);
        for (int act = 0; act < without.length; act++) {
            double loss = with - FactorState.dot(without[act], vector);
            losses.add(Signal.FACTORS, act, loss);
            losses.support(Signal.FACTORS, act, Math.max(0, loss));
        }
    }
}
