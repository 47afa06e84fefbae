package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.NaturalLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attributes the affinity of tags and authors to actions: without an action its item no longer
 * counts as liked under its names, nor in the user's usual rate. Exact.
 */
final class AffinityAttributor implements Attributor {
    private final ItemTable items;
    private final Affinity affinity;
    private final Preferences preferences;
    private final List<Ablation> ablations;
    private final int[] candidates;

    AffinityAttributor(
            ItemTable items,
            Affinity affinity,
            Preferences preferences,
            List<Ablation> ablations,
            int[] candidates) {
        this.items = items;
        this.affinity = affinity;
        this.preferences = preferences;
        this.ablations = ablations;
        this.candidates = candidates;
    }

    @Override
    public void attribute(int at, ScoreLoss losses) {
        Item candidate = items.item(candidates[at]);
        List<String> tags = candidate.tags();
        Affinity.@Nullable Tally[] tallies = new Affinity.Tally[tags.size()];
        for (int tag = 0; tag < tallies.length; tag++) {
            tallies[tag] = affinity.tag(tags.get(tag));
        }
        String author = candidate.author();
        Affinity.@Nullable Tally tally = author == null ? null : affinity.author(author);
        double withTags = affinity.tags(candidate);
        double withAuthor = affinity.author(candidate);
        double withShowings = affinity.inVain(candidate);
        for (int action = 0; action < ablations.size(); action++) {
            Ablation ablation = ablations.get(action);
            if (ablation.isFollow()) {
                continue;
            }
            Item own = items.item(preferences.items()[ablation.rank()]);
            float gone = ablation.lostShare() * preferences.weight(ablation.rank());
            double rate = affinity.rateWithout(gone);
            if (withTags != 0) {
                double odds = 1;
                for (int tag = 0; tag < tallies.length; tag++) {
                    float here = own.tags().contains(tags.get(tag)) ? gone : 0;
                    odds *= Affinity.odds(tallies[tag], here, rate);
                }
                losses.add(
                        ContentSignals.TAGS,
                        action,
                        withTags - NaturalLog.of(odds) / Math.sqrt(tags.size()));
            }
            if (withShowings != 0) {
                double dilution = 1;
                for (int tag = 0; tag < tallies.length; tag++) {
                    float here = own.tags().contains(tags.get(tag)) ? gone : 0;
                    dilution *= Affinity.dilution(tallies[tag], here);
                }
                losses.add(
                        ContentSignals.TAGS_IN_VAIN,
                        action,
                        withShowings - NaturalLog.of(dilution) / Math.sqrt(tags.size()));
            }
            if (withAuthor != 0) {
                float here = author != null && author.equals(own.author()) ? gone : 0;
                double without = NaturalLog.of(Affinity.odds(tally, here, rate));
                losses.add(ContentSignals.AUTHOR, action, withAuthor - without);
            }
        }
    }
}
