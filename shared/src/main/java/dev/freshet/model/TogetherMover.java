package dev.freshet.model;

import dev.freshet.model.rows.IntFloats;
import java.util.List;

/**
 * What goes together: without an act, the baskets that its item shares with a candidate lose its
 * weight. Leaves out the damping by distance and what dislikes take off, which stay about the same.
 */
final class TogetherMover implements Mover {
    private final List<LeftOut> acts;
    private final Taste taste;
    private final float most;
    private final float[][] parts;
    private final Relative scores;

    /**
     * Prepares for the candidates.
     *
     * @param asked the candidates, and after them the items that may be the reader's best
     * @param together the scores of all items for this taste
     * @param best of them
     */
    TogetherMover(
            Model model,
            Taste taste,
            IntFloats together,
            float best,
            List<LeftOut> acts,
            SharedBaskets asked,
            int candidates) {
        this.acts = acts;
        this.taste = taste;
        most = model.coOccurrence().most(taste);
        parts = model.coOccurrence().parts(taste, asked);
        scores =
                new Relative(
                        together,
                        best,
                        asked,
                        candidates,
                        acts.size(),
                        (at, act) -> 1 - gone(acts.get(act), parts[at]));
    }

    @Override
    public void leave(int at, Losses losses) {
        float score = scores.score(at);
        for (int act = 0; act < acts.size() && score > 0; act++) {
            LeftOut left = acts.get(act);
            if (!left.isFollow()) {
                float mostLeft = most - left.gone() * taste.weight(left.rank());
                losses.add(Signal.LOG_TOGETHER, act, scores.loss(at, act));
                losses.add(
                        Signal.ROOT_TOGETHER,
                        act,
                        Signals.root(score, most) - Signals.root(scores.left(at, act), mostLeft));
                losses.support(Signal.LOG_TOGETHER, act, gone(left, parts[at]));
            }
        }
    }

    private static float gone(LeftOut left, float[] parts) {
        return left.isFollow() ? 0 : Math.min(1, left.gone() * parts[left.rank()]);
    }
}
