package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.UserAction;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Works out which of a reader's acts moved each item of an answer, by leaving one out: how much
 * lower, in log odds, would the item's score be if this act had not been, all else as it is: the
 * other acts keep their places and weights, the signals their weights. Made per request for the
 * items that are answered with (≤ 100).
 *
 * <p>No score is worked out anew. Each {@link Attributor} takes an act out of what its signals were
 * made from, so an item costs the postings of its baskets once, a cosine for each item of the
 * profile, and some twenty operations for each act; acts are at most the rows read.
 */
public final class Attributors {
    private final List<Ablation> ablations;
    private final List<Attributor> attributors;

    Attributors(List<Ablation> ablations, List<Attributor> attributors) {
        this.ablations = ablations;
        this.attributors = attributors;
    }

    /**
     * What moved one item.
     *
     * @param at which of the candidates that these were made for, from 0
     * @param weights of its signals, by {@link Signal#at}, in log odds
     * @param beside what an act adds to the score beside the signals, in log odds
     */
    public Attribution of(int at, float[] weights, ToDoubleFunction<UserAction> beside) {
        if (ablations.isEmpty()) {
            return Attribution.NONE;
        }
        ScoreLoss losses = new ScoreLoss(weights, ablations.size());
        attributors.forEach(attributor -> attributor.attribute(at, losses));
        double[] all = new double[ablations.size()];
        for (int act = 0; act < all.length; act++) {
            all[act] = beside.applyAsDouble(ablations.get(act).action());
            for (double[] source : losses.bySource()) {
                all[act] += source[act];
            }
        }
        return new Attribution(
                ablations.stream().map(Ablation::action).toList(),
                all,
                losses.bySource(),
                losses.support());
    }
}
