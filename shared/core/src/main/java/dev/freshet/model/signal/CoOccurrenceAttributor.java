package dev.freshet.model.signal;

import dev.freshet.model.basket.SharedBaskets;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.IntFloats;
import java.util.List;

/**
 * What goes together, ever or lately: without an act, the baskets that its item shares with a
 * candidate lose its weight. Leaves out what stays about the same: the sharpening of the baskets'
 * weights, the damping by time, and what dislikes take off.
 */
final class CoOccurrenceAttributor implements Attributor {
    private final Signal log;
    private final Signal root;
    private final List<Ablation> ablations;
    private final Preferences preferences;
    private final float most;
    private final float[][] parts;
    private final RelativeScores scores;

    /**
     * Prepares for the candidates.
     *
     * @param log the signal that is relative to the best
     * @param root the one that is relative to the weight of the taste
     * @param asked the candidates, and after them the items that may be the reader's best
     * @param parts of their scores that the reader's items make up
     * @param together the scores of all items for this taste
     * @param best of them
     */
    CoOccurrenceAttributor(
            Signal log,
            Signal root,
            ModelView model,
            Preferences preferences,
            IntFloats together,
            float best,
            List<Ablation> ablations,
            SharedBaskets asked,
            float[][] parts,
            int candidates) {
        this.log = log;
        this.root = root;
        this.ablations = ablations;
        this.preferences = preferences;
        most = model.coOccurrence().most(preferences);
        this.parts = parts;
        scores =
                new RelativeScores(
                        together,
                        best,
                        asked,
                        candidates,
                        ablations.size(),
                        (at, act) -> 1 - gone(ablations.get(act), parts[at]));
    }

    @Override
    public void leave(int at, ScoreLoss losses) {
        float score = scores.score(at);
        for (int act = 0; act < ablations.size() && score > 0; act++) {
            Ablation ablation = ablations.get(act);
            if (!ablation.isFollow()) {
                float mostLeft = most - ablation.gone() * preferences.weight(ablation.rank());
                losses.add(log, act, scores.loss(at, act));
                losses.add(
                        root,
                        act,
                        Signals.root(score, most) - Signals.root(scores.left(at, act), mostLeft));
                losses.support(log, act, gone(ablation, parts[at]));
            }
        }
    }

    private static float gone(Ablation ablation, float[] parts) {
        return ablation.isFollow() ? 0 : Math.min(1, ablation.gone() * parts[ablation.rank()]);
    }
}
