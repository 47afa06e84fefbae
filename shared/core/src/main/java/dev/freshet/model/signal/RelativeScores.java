package dev.freshet.model.signal;

import static dev.freshet.check.Check.require;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.NaturalLog;
import java.util.Arrays;
import java.util.BitSet;

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

    /** By candidate, the signal of its score relative to the best. */
    private final float[] signals;

    private final float best;
    private final float[][] left;
    private final float[] bestLeft;

    /**
     * Scores of items, and the highest. Those of the user's own items are 0: the user's own basket
     * is among those that tell what goes together, and would speak for each of its items. Whether
     * the user comes back to them is for {@link RepeatSignals}.
     *
     * @param scores by item
     */
    record Scored(IntFloats scores, float best) {
        /** Sets the scores of the user's own items to 0. */
        static Scored of(IntFloats scores, IntFloats own) {
            for (int order = 0; order < own.size(); order++) {
                if (scores.contains(own.key(order))) {
                    scores.put(own.key(order), 0);
                }
            }
            float best = Float.MIN_NORMAL;
            for (int order = 0; order < scores.size(); order++) {
                best = Math.max(best, scores.value(order));
            }
            return new Scored(scores, best);
        }

        float get(int item) {
            return scores.get(item);
        }

        /** Returns the score of an item {@link RelativeScores#relative} to the best. */
        float relative(int item) {
            return RelativeScores.relative(scores.get(item), best);
        }
    }

    /**
     * The items that are scored without each action, each once.
     *
     * @param items distinct: the candidates, and after them the other contenders
     * @param candidates how many of the items are candidates
     * @param contends by item, whether it is a contender
     */
    @SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes it
    record Asked(int[] items, int candidates, boolean[] contends) {}

    /**
     * Computes the scores without each action.
     *
     * @param asked the items that are scored
     * @param actions number of actions
     * @param without what is left of a score without an action
     */
    RelativeScores(Scored scored, Asked asked, int actions, Left without) {
        best = scored.best;
        scores = new float[asked.candidates];
        signals = new float[asked.candidates];
        left = new float[actions][asked.candidates];
        bestLeft = new float[actions];
        Arrays.fill(bestLeft, Float.MIN_NORMAL);
        for (int at = 0; at < asked.contends.length; at++) {
            float score = scored.scores.get(asked.items[at]);
            for (int action = 0; action < actions; action++) {
                float then = score <= 0 ? 0 : without.of(at, score, action);
                if (at < asked.candidates) {
                    left[action][at] = then;
                }
                if (asked.contends[at]) {
                    bestLeft[action] = Math.max(bestLeft[action], then);
                }
            }
            if (at < asked.candidates) {
                scores[at] = score;
                signals[at] = relative(score, best);
            }
        }
    }

    /** What is left of the positive score of an item without an action, 0 or more. */
    interface Left {
        float of(int at, float score, int action);
    }

    float score(int at) {
        return scores[at];
    }

    float left(int at, int action) {
        return left[action][at];
    }

    /** Returns what the signal of the score relative to the best would lose. */
    double loss(int at, int action) {
        if (left[action][at] == scores[at] && bestLeft[action] == best) {
            return 0;
        }
        return signals[at] - relative(left[action][at], bestLeft[action]);
    }

    /** Returns ln(0.01 + score/best) − ln 0.01: from 0 to 4.6. */
    static float relative(float score, float best) {
        return score <= 0
                ? 0
                : (float) (NaturalLog.of(LEAST + Math.min(1, score / best)) - LN_LEAST);
    }

    /**
     * Returns the candidates and the contenders.
     *
     * @param candidates distinct
     */
    static Asked asked(int[] candidates, ItemScores... contenders) {
        IntIndex distinct = new IntIndex(candidates.length + contenders.length * CONTENDERS);
        for (int candidate : candidates) {
            distinct.orderOrInsert(candidate);
        }
        require(distinct.size() >= candidates.length, "a candidate is asked about twice");
        BitSet contends = new BitSet();
        for (ItemScores some : contenders) {
            for (int item : some.items()) {
                contends.set(distinct.orderOrInsert(item));
            }
        }
        boolean[] flags = new boolean[distinct.size()];
        for (int at = 0; at < flags.length; at++) {
            flags[at] = contends.get(at);
        }
        return new Asked(distinct.keys(), candidates.length, flags);
    }
}
