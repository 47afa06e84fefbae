package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.event.Target;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import java.util.List;

/**
 * What is followed: without the act that alone brings the candidate an author or tag that the
 * reader follows, it has none. Where two do, neither is missed.
 */
final class FollowedAttributor implements Attributor {
    private final ItemTable items;
    private final Preferences preferences;
    private final List<Ablation> ablations;
    private final int[] candidates;

    FollowedAttributor(
            ItemTable items, Preferences preferences, List<Ablation> ablations, int[] candidates) {
        this.items = items;
        this.preferences = preferences;
        this.ablations = ablations;
        this.candidates = candidates;
    }

    @Override
    public void leave(int at, ScoreLoss losses) {
        Item candidate = items.item(candidates[at]);
        int followed = 0;
        if (candidate.author() != null && preferences.authors().contains(candidate.author())) {
            followed++;
        }
        for (String tag : candidate.tags()) {
            followed += preferences.tags().contains(tag) ? 1 : 0;
        }
        for (int act = 0; act < ablations.size() && followed > 0; act++) {
            Ablation ablation = ablations.get(act);
            if (ablation.isFollow() && bears(candidate, ablation.action().target())) {
                losses.add(Signal.FOLLOWED, act, followed == 1 ? 1 : 0);
                losses.support(Signal.FOLLOWED, act, 1);
            }
        }
    }

    private static boolean bears(Item candidate, Target target) {
        return switch (target.kind()) {
            case AUTHOR -> target.id().equals(candidate.author());
            case TAG -> candidate.tags().contains(target.id());
            case ITEM, NONE -> false;
        };
    }
}
