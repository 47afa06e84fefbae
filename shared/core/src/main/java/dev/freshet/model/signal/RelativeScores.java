package dev.freshet.model.signal;

import dev.freshet.model.basket.SharedBaskets;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.NaturalLog;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Scores of candidates as they are and as they would be without each action, and the best score
 * that any item has, which signals are relative to. The item that would be best is looked for among
 * the few that are best now.
 */
final class RelativeScores {
    /** Items among which the best one without an action is looked for. */
    static final int CONTENDERS = 8;

    private static final double LEAST = 0.01;
    private static final double LN_LEAST = NaturalLog.of(LEAST);

    private final float[] scores;
    private final float best;
    private final float[][] left;
    private final float[] bestLeft;

    /**
     * The scores of candidates and contenders.
     *
     * @param scores of all items
     * @param best the highest of an item that is not the user's own
     * @param asked the candidates, and after them the contenders
     * @param candidates how many of them are candidates
     */
    record Scored(IntFloats scores, float best, SharedBaskets asked, int candidates) {}

    /**
     * Computes the scores without each action.
     *
     * @param actions number of actions
     * @param part of the score of an item that is left without an action, 0 or more
     */
    RelativeScores(Scored scored, int actions, Part part) {
        best = scored.best;
        scores = new float[scored.candidates];
        left = new float[actions][scored.candidates];
        bestLeft = new float[actions];
        Arrays.fill(bestLeft, Float.MIN_NORMAL);
        for (int at = 0; at < scored.asked.size(); at++) {
            float score = scored.scores.get(scored.asked.item(at));
            for (int action = 0; action < actions; action++) {
                float then = score <= 0 ? 0 : score * part.left(at, action);
                if (at < scored.candidates) {
                    left[action][at] = then;
                } else {
                    bestLeft[action] = Math.max(bestLeft[action], then);
                }
            }
            if (at < scored.candidates) {
                scores[at] = score;
            }
        }
    }

    /** The part of a score that is left without an action. */
    interface Part {
        float left(int at, int action);
    }

    float score(int at) {
        return scores[at];
    }

    float left(int at, int action) {
        return left[action][at];
    }

    /** Returns what the signal of the score relative to the best would lose. */
    double loss(int at, int action) {
        return relative(scores[at], best) - relative(left[action][at], bestLeft[action]);
    }

    /** Returns ln(0.01 + score/best) − ln 0.01: from 0 to 4.6. */
    static float relative(float score, float best) {
        return score <= 0
                ? 0
                : (float) (NaturalLog.of(LEAST + Math.min(1, score / best)) - LN_LEAST);
    }

    /** Returns the highest score of an item that is not the user's own. */
    static float best(IntFloats scores, Preferences preferences) {
        return best(scores, preferences.own());
    }

    /** Returns the highest score of an item that is none of these. */
    static float best(IntFloats scores, IntFloats own) {
        float best = Float.MIN_NORMAL;
        for (int order = 0; order < scores.size(); order++) {
            if (scores.value(order) > best && !own.contains(scores.key(order))) {
                best = scores.value(order);
            }
        }
        return best;
    }

    /** Returns the baskets that the candidates, and after them the contenders, are in. */
    static SharedBaskets asked(ModelView model, int[] candidates, ItemScores... contenders) {
        IntStream items = IntStream.of(candidates);
        for (ItemScores some : contenders) {
            items = IntStream.concat(items, IntStream.of(some.items()));
        }
        return new SharedBaskets(model.baskets(), items.toArray());
    }
}
