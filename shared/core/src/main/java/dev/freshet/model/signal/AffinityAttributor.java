package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.NaturalLog;
import java.util.List;

/**
 * Attributes the affinities of tags and authors to actions: without an action its item no longer
 * counts as liked under its names, nor in the user's usual rate. Exact.
 */
final class AffinityAttributor implements Attributor {
    private final ItemTable items;
    private final Affinity likes;
    private final Affinity showings;
    private final Preferences preferences;
    private final List<Ablation> ablations;
    private final int[] candidates;

    AffinityAttributor(
            ItemTable items,
            Affinity likes,
            Affinity showings,
            Preferences preferences,
            List<Ablation> ablations,
            int[] candidates) {
        this.items = items;
        this.likes = likes;
        this.showings = showings;
        this.preferences = preferences;
        this.ablations = ablations;
        this.candidates = candidates;
    }

    @Override
    public void attribute(int at, ScoreLoss losses) {
        Item candidate = items.item(candidates[at]);
        for (int action = 0; action < ablations.size(); action++) {
            Ablation ablation = ablations.get(action);
            if (ablation.isFollow()) {
                continue;
            }
            Item own = items.item(preferences.items()[ablation.rank()]);
            float gone = ablation.lostShare() * preferences.weight(ablation.rank());
            double ofTags = lossOfTags(likes, candidate, own, gone);
            losses.add(ContentSignals.TAGS, action, ofTags);
            if (showings != likes) {
                losses.add(
                        ContentSignals.TAGS_IN_VAIN,
                        action,
                        lossOfTags(showings, candidate, own, gone) - ofTags);
            }
            losses.add(ContentSignals.AUTHOR, action, lossOfAuthor(candidate, own, gone));
        }
    }

    /** Returns what the lift of a candidate's tags loses without a part of a liked item. */
    private static double lossOfTags(Affinity affinity, Item candidate, Item own, float gone) {
        double with = affinity.tags(candidate);
        if (with == 0) {
            return 0;
        }
        double rate = affinity.rateWithout(gone);
        double odds = 1;
        for (String tag : candidate.tags()) {
            odds *= Affinity.odds(affinity.tag(tag), own.tags().contains(tag) ? gone : 0, rate);
        }
        return with - NaturalLog.of(odds) / Math.sqrt(candidate.tags().size());
    }

    private double lossOfAuthor(Item candidate, Item own, float gone) {
        double with = likes.author(candidate);
        String author = candidate.author();
        if (with == 0 || author == null) {
            return 0;
        }
        float here = author.equals(own.author()) ? gone : 0;
        return with
                - NaturalLog.of(Affinity.odds(likes.author(author), here, likes.rateWithout(gone)));
    }
}
