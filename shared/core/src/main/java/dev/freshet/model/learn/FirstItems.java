package dev.freshet.model.learn;

import dev.freshet.model.blend.Residual;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.TopN;
import dev.freshet.model.signal.CatalogueItems;
import dev.freshet.model.signal.ModelView;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SignalFamily;
import dev.freshet.model.signal.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The items that the blend ranks first for a user at the moment of a choice: candidates are
 * gathered as for a request, without those that the user interacted with, and all of them scored.
 *
 * <p>Cost: the candidates of all families once, the signals of {@value Negatives#CANDIDATES} items
 * at most, and those of the first ones once more.
 *
 * @param scores of the blend, by rank
 * @param signals by rank
 * @param chosen rank of the chosen item, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // made and read by one lesson
record FirstItems(double[] scores, float[][] signals, int chosen) {
    /**
     * Returns the first items.
     *
     * @param weights of the signals in this context, by class of item
     * @return null where the chosen item is not among them
     */
    static @Nullable FirstItems of(
            IntIndex candidates, Signals signals, int taken, float[][] weights) {
        if (candidates.order(taken) < 0) {
            return null;
        }
        float[] vector = new float[SignalFamilies.COUNT];
        TopN top = new TopN(Math.min(Residual.FIRST, candidates.size()));
        for (int order = 0; order < candidates.size(); order++) {
            int item = candidates.key(order);
            signals.fill(item, vector);
            top.offer(item, score(vector, weights[signals.itemClass(item)]));
        }
        ItemScores first = ItemScores.drain(top);
        int chosen = -1;
        for (int rank = 0; rank < first.size(); rank++) {
            chosen = first.item(rank) == taken ? rank : chosen;
        }
        if (chosen < 0) {
            return null;
        }
        double[] scores = new double[first.size()];
        float[][] vectors = new float[first.size()][];
        for (int rank = 0; rank < vectors.length; rank++) {
            scores[rank] = first.score(rank);
            vectors[rank] = signals.of(first.item(rank));
        }
        return new FirstItems(scores, vectors, chosen);
    }

    /**
     * Returns the candidates of a request of this user that are new to the user.
     *
     * @param seen what the user interacted with before
     */
    static IntIndex candidates(ModelView live, Signals signals, IntIndex seen) {
        IntIndex kept = new IntIndex(Negatives.CANDIDATES);
        for (SignalFamily family : SignalFamilies.ALL) {
            if (!family.findsCandidates()) {
                continue;
            }
            for (ItemScores list : signals.family(family).candidates(CatalogueItems.USUAL_DEPTH)) {
                for (int rank = 0; rank < list.size(); rank++) {
                    int item = list.item(rank);
                    if (kept.size() < Negatives.CANDIDATES
                            && seen.order(item) < 0
                            && !live.items().deleted(item)) {
                        kept.orderOrInsert(item);
                    }
                }
            }
        }
        return kept;
    }

    private static float score(float[] vector, float[] weights) {
        float score = 0;
        for (int signal = 0; signal < weights.length; signal++) {
            score += weights[signal] * vector[signal];
        }
        return score;
    }
}
