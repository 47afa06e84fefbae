package dev.freshet.model.signal;

import dev.freshet.model.basket.NextItems;
import dev.freshet.model.basket.SharedBaskets;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.NaturalLog;
import java.util.List;

/**
 * What comes next, and what came before: without an act that makes its item one of the latest, the
 * ones before it move up, and one of them is the latest.
 */
final class NextItemAttributor implements Attributor {
    private final List<Ablation> ablations;
    private final Side after;
    private final Side before;

    /** One side: the signals, what each of the latest items gives, and what is left of it. */
    private record Side(Signal log, Signal relative, float[][] gives, RelativeScores scores) {}

    /**
     * Prepares for the candidates.
     *
     * @param asked the candidates, and after them the items that may be the reader's best
     * @param best after and before
     */
    NextItemAttributor(
            NextItems next,
            Preferences preferences,
            NextItems.Beside beside,
            float[] best,
            List<Ablation> ablations,
            SharedBaskets asked,
            int candidates) {
        this.ablations = ablations;
        float[] usual = next.weights(preferences);
        float[][] weights = new float[ablations.size()][];
        for (int act = 0; act < weights.length; act++) {
            weights[act] = next.weightsWithout(preferences, ablations.get(act));
        }
        NextItems.Given given = next.given(preferences, asked);
        after =
                new Side(
                        Signal.NEXT,
                        Signal.LOG_NEXT,
                        given.after(),
                        new RelativeScores(
                                beside.after(),
                                best[0],
                                asked,
                                candidates,
                                ablations.size(),
                                (at, act) -> part(given.after()[at], weights[act], usual)));
        before =
                new Side(
                        Signal.PRECEDING,
                        Signal.LOG_PRECEDING,
                        given.before(),
                        new RelativeScores(
                                beside.before(),
                                best[1],
                                asked,
                                candidates,
                                ablations.size(),
                                (at, act) -> part(given.before()[at], weights[act], usual)));
    }

    @Override
    public void leave(int at, ScoreLoss losses) {
        for (int act = 0; act < ablations.size(); act++) {
            leave(after, at, act, losses);
            leave(before, at, act, losses);
        }
    }

    private void leave(Side side, int at, int act, ScoreLoss losses) {
        RelativeScores scores = side.scores;
        Ablation ablation = ablations.get(act);
        if (scores.score(at) > 0 && !ablation.isFollow()) {
            losses.add(
                    side.log,
                    act,
                    NaturalLog.of(1 + scores.score(at)) - NaturalLog.of(1 + scores.left(at, act)));
            losses.add(side.relative, act, scores.loss(at, act));
            if (ablation.rank() < side.gives[at].length && ablation.then() != ablation.rank()) {
                losses.support(side.log, act, side.gives[at][ablation.rank()]);
            }
        }
    }

    /**
     * The weighted sum under other weights, in parts of what it is.
     *
     * @param weights none for the usual ones
     */
    private static float part(float[] gives, float[] weights, float[] usual) {
        if (weights.length == 0) {
            return 1;
        }
        float with = 0;
        float without = 0;
        for (int rank = 0; rank < gives.length; rank++) {
            with += gives[rank] * usual[rank];
            without += gives[rank] * weights[rank];
        }
        return with <= 0 ? 1 : without / with;
    }
}
