package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Attributes the cosine of a profile to actions: without an action its item leaves the profile,
 * wholly or in part, and the rest of the profile has another direction. Exact, but for the rounding
 * of vectors: the profile less a multiple of one item's unit vector. Costs a cosine for each
 * candidate and item of the profile.
 */
final class CosineAttributor implements Attributor {
    /**
     * The vectors of items, and a profile that was made of those of the user's latest items.
     *
     * @param signal the cosine
     * @param profileItems number of items that the profile is made of, at most
     * @param nothing part of a profile's length below which a length counts as zero
     * @param length of the profile that a candidate is compared with, or 0
     * @param along cosine of the profile and an item
     * @param cosine of two items
     * @param comparable whether two items have vectors of one space
     */
    record Vectors(
            Signal signal,
            int profileItems,
            double nothing,
            IntToDoubleFunction length,
            IntToDoubleFunction along,
            Cosine cosine,
            Comparability comparable) {
        /** The cosine of two items. */
        interface Cosine {
            double of(int item, int other);
        }

        /** Whether two items can be compared. */
        interface Comparability {
            boolean test(int item, int other);
        }
    }

    private final Vectors vectors;
    private final Preferences preferences;
    private final List<Ablation> ablations;
    private final int[] candidates;
    private final double[] along;

    CosineAttributor(
            Vectors vectors, Preferences preferences, List<Ablation> ablations, int[] candidates) {
        this.vectors = vectors;
        this.preferences = preferences;
        this.ablations = ablations;
        this.candidates = candidates;
        along = new double[Math.min(preferences.size(), vectors.profileItems())];
        Arrays.setAll(along, rank -> vectors.along().applyAsDouble(preferences.items()[rank]));
    }

    @Override
    public void attribute(int at, ScoreLoss losses) {
        int candidate = candidates[at];
        double length = vectors.length().applyAsDouble(candidate);
        if (length <= 0) {
            return;
        }
        double with = vectors.along().applyAsDouble(candidate);
        double[] alike = new double[along.length];
        Arrays.setAll(alike, rank -> vectors.cosine().of(preferences.items()[rank], candidate));
        for (int action = 0; action < ablations.size(); action++) {
            Ablation ablation = ablations.get(action);
            if (ablation.rank() >= 0
                    && ablation.rank() < along.length
                    && vectors.comparable().test(preferences.items()[ablation.rank()], candidate)) {
                double gone = ablation.lostShare() * preferences.weight(ablation.rank());
                double squares =
                        length * length - 2 * gone * length * along[ablation.rank()] + gone * gone;
                double without =
                        squares <= vectors.nothing() * length * length
                                ? 0
                                : (length * with - gone * alike[ablation.rank()])
                                        / Math.sqrt(squares);
                losses.add(vectors.signal(), action, with - without);
                losses.support(vectors.signal(), action, gone * alike[ablation.rank()]);
            }
        }
    }
}
