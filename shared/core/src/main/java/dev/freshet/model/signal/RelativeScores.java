package dev.freshet.model.signal;

import dev.freshet.model.basket.SharedBaskets;
import dev.freshet.model.rows.IntFloats;
import java.util.Arrays;

/**
 * Scores of candidates as they are and as they would be without each act, and beside them the best
 * that any item has, which signals are relative to. Which item would be the best is looked for
 * among the few that are so now.
 */
final class RelativeScores {
    /** How many are looked at for the best. */
    static final int CONTENDERS = 8;

    private final float[] scores;
    private final float best;
    private final float[][] left;
    private final float[] bestLeft;

    /**
     * Works out what is left.
     *
     * @param scores of all items
     * @param best of them that is not the taste's own
     * @param asked the candidates, and after them the contenders
     * @param candidates how many of them are candidates
     * @param acts how many there are
     * @param part of the score of an item that is left without an act, 0 or more
     */
    RelativeScores(
            IntFloats scores,
            float best,
            SharedBaskets asked,
            int candidates,
            int acts,
            Part part) {
        this.best = best;
        this.scores = new float[candidates];
        left = new float[acts][candidates];
        bestLeft = new float[acts];
        Arrays.fill(bestLeft, Float.MIN_NORMAL);
        for (int at = 0; at < asked.size(); at++) {
            float score = scores.get(asked.item(at));
            for (int act = 0; act < acts; act++) {
                float then = score <= 0 ? 0 : score * part.left(at, act);
                if (at < candidates) {
                    left[act][at] = then;
                } else {
                    bestLeft[act] = Math.max(bestLeft[act], then);
                }
            }
            if (at < candidates) {
                this.scores[at] = score;
            }
        }
    }

    /** What is left of a score. */
    interface Part {
        float left(int at, int act);
    }

    float score(int at) {
        return scores[at];
    }

    float left(int at, int act) {
        return left[act][at];
    }

    /** What the signal of the score relative to the best would lose. */
    double loss(int at, int act) {
        return Signals.relative(scores[at], best) - Signals.relative(left[act][at], bestLeft[act]);
    }
}
