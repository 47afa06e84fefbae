package dev.freshet.model.signal;

import dev.freshet.model.content.Embeddings;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import java.util.Arrays;
import java.util.List;

/**
 * Attributes the cosine of embeddings to actions, by the method of {@link ContentAttributor}, to
 * the rounding of the quantised embeddings. Costs a cosine for each candidate and item of the
 * profile.
 */
final class EmbeddingAttributor implements Attributor {
    /** Lengths below this part of the profile count as zero. */
    private static final double NOTHING = 1e-3;

    private final Embeddings embeddings;
    private final Embeddings.Profile profile;
    private final Preferences preferences;
    private final List<Ablation> ablations;
    private final int[] candidates;
    private final double[] along;

    EmbeddingAttributor(
            Embeddings embeddings,
            Embeddings.Profile profile,
            Preferences preferences,
            List<Ablation> ablations,
            int[] candidates) {
        this.embeddings = embeddings;
        this.profile = profile;
        this.preferences = preferences;
        this.ablations = ablations;
        this.candidates = candidates;
        along = new double[Math.min(preferences.size(), Embeddings.PROFILE_ITEMS)];
        Arrays.setAll(along, rank -> embeddings.cosine(profile, preferences.items()[rank]));
    }

    @Override
    public void attribute(int at, ScoreLoss losses) {
        int candidate = candidates[at];
        double length = embeddings.length(profile, candidate);
        if (length <= 0) {
            return;
        }
        double with = embeddings.cosine(profile, candidate);
        double[] alike = new double[along.length];
        Arrays.setAll(alike, rank -> embeddings.cosine(preferences.items()[rank], candidate));
        for (int action = 0; action < ablations.size(); action++) {
            Ablation ablation = ablations.get(action);
            if (ablation.rank() >= 0
                    && ablation.rank() < along.length
                    && embeddings.comparable(preferences.items()[ablation.rank()], candidate)) {
                double gone = ablation.lostShare() * preferences.weight(ablation.rank());
                double squares =
                        length * length - 2 * gone * length * along[ablation.rank()] + gone * gone;
                double without =
                        squares <= NOTHING * length * length
                                ? 0
                                : (length * with - gone * alike[ablation.rank()])
                                        / Math.sqrt(squares);
                losses.add(ContentSignals.EMBEDDING, action, with - without);
                losses.support(ContentSignals.EMBEDDING, action, gone * alike[ablation.rank()]);
            }
        }
    }
}
