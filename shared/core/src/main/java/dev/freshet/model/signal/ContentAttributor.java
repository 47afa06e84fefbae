package dev.freshet.model.signal;

import dev.freshet.model.content.Content;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.IntFloats;
import java.util.Arrays;
import java.util.List;

/**
 * Attributes the cosine of terms to actions: without an action its item leaves the profile, wholly
 * or in part, and the rest of the profile has another direction. Exact: the profile less a multiple
 * of one item's unit vector. Costs a cosine for each candidate and item of the profile.
 */
final class ContentAttributor implements Attributor {
    /** Lengths below this part of the profile count as zero. */
    private static final double NOTHING = 1e-5;

    private final Content content;
    private final IntFloats profile;
    private final Preferences preferences;
    private final List<Ablation> ablations;
    private final int[] candidates;
    private final double length;
    private final double[] along;

    /**
     * Creates an attributor for the candidates.
     *
     * @param profile of the preferences, of length 1
     */
    ContentAttributor(
            Content content,
            IntFloats profile,
            Preferences preferences,
            List<Ablation> ablations,
            int[] candidates) {
        this.content = content;
        this.profile = profile;
        this.preferences = preferences;
        this.ablations = ablations;
        this.candidates = candidates;
        length = content.length(profile, preferences);
        along = new double[Math.min(preferences.size(), Content.PROFILE_ITEMS)];
        Arrays.setAll(along, rank -> content.cosine(profile, preferences.items()[rank]));
    }

    @Override
    public void attribute(int at, ScoreLoss losses) {
        if (length <= 0) {
            return;
        }
        int candidate = candidates[at];
        double with = content.cosine(profile, candidate);
        double[] alike = new double[along.length];
        Arrays.setAll(alike, rank -> content.cosine(preferences.items()[rank], candidate));
        for (int action = 0; action < ablations.size(); action++) {
            Ablation ablation = ablations.get(action);
            if (ablation.rank() >= 0 && ablation.rank() < along.length) {
                double gone = ablation.lostShare() * preferences.weight(ablation.rank());
                double squares =
                        length * length - 2 * gone * length * along[ablation.rank()] + gone * gone;
                double without =
                        squares <= NOTHING * length * length
                                ? 0
                                : (length * with - gone * alike[ablation.rank()])
                                        / Math.sqrt(squares);
                losses.add(ContentSignals.CONTENT, action, with - without);
                losses.support(ContentSignals.CONTENT, action, gone * alike[ablation.rank()]);
            }
        }
    }
}
