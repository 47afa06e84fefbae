package dev.freshet.model.signal;

import dev.freshet.model.content.Embeddings;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import java.util.Arrays;
import java.util.List;

/**
 * What means alike: as {@link ContentAttributor}, of the directions of embeddings, to the rounding
 * of their cells. Cost: a cosine for each candidate and item of the profile.
 */
final class EmbeddingAttributor implements Attributor {
    /** What is shorter than this part of the profile is nothing. */
    private static final double NOTHING = 1e-3;

    private final Embeddings embeddings;
    private final Embeddings.Profile profile;
    private final Preferences taste;
    private final List<Ablation> acts;
    private final int[] candidates;
    private final double[] along;

    EmbeddingAttributor(
            Embeddings embeddings,
            Embeddings.Profile profile,
            Preferences taste,
            List<Ablation> acts,
            int[] candidates) {
        this.embeddings = embeddings;
        this.profile = profile;
        this.taste = taste;
        this.acts = acts;
        this.candidates = candidates;
        along = new double[Math.min(taste.size(), Embeddings.PROFILE_ITEMS)];
        Arrays.setAll(along, rank -> embeddings.cosine(profile, taste.items()[rank]));
    }

    @Override
    public void leave(int at, ScoreLoss losses) {
        int candidate = candidates[at];
        double length = embeddings.length(profile, candidate);
        if (length <= 0) {
            return;
        }
        double with = embeddings.cosine(profile, candidate);
        double[] alike = new double[along.length];
        Arrays.setAll(alike, rank -> embeddings.cosine(taste.items()[rank], candidate));
        for (int act = 0; act < acts.size(); act++) {
            Ablation left = acts.get(act);
            if (left.rank() >= 0
                    && left.rank() < along.length
                    && embeddings.comparable(taste.items()[left.rank()], candidate)) {
                double gone = left.gone() * taste.weight(left.rank());
                double squares =
                        length * length - 2 * gone * length * along[left.rank()] + gone * gone;
                double without =
                        squares <= NOTHING * length * length
                                ? 0
                                : (length * with - gone * alike[left.rank()]) / Math.sqrt(squares);
                losses.add(Signal.EMBEDDING, act, with - without);
                losses.support(Signal.EMBEDDING, act, gone * alike[left.rank()]);
            }
        }
    }
}
