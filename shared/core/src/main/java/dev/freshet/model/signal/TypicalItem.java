package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.NaturalLog;
import java.util.List;

/**
 * The age and the popularity of the items that a user chooses: how old they were at the
 * interaction, and how often others interacted with them. Means over the latest {@value #LATEST}
 * liked items.
 */
final class TypicalItem {
    static final int LATEST = 5;

    private int items;
    private double ages;
    private double counts;

    private TypicalItem() {}

    static TypicalItem of(ModelView model, Preferences preferences) {
        TypicalItem typical = new TypicalItem();
        for (int rank = 0; rank < Math.min(LATEST, preferences.size()); rank++) {
            typical.add(model, preferences.items()[rank], preferences.epochSeconds()[rank]);
        }
        return typical;
    }

    /**
     * Returns the typical item of a request without each action; that of the request itself where
     * an action changes nothing.
     */
    static TypicalItem[] withoutEach(SignalContext context, List<Ablation> ablations) {
        TypicalItem[] without = new TypicalItem[ablations.size()];
        for (int action = 0; action < without.length; action++) {
            Ablation ablation = ablations.get(action);
            boolean matters = !ablation.isFollow() && ablation.rank() < LATEST;
            without[action] =
                    matters
                            ? without(context.model(), context.preferences(), ablation)
                            : context.typical();
        }
        return without;
    }

    /** Returns the typical item had one action not been. */
    static TypicalItem without(ModelView model, Preferences preferences, Ablation ablation) {
        TypicalItem typical = new TypicalItem();
        for (int rank = 0; rank < preferences.size() && typical.items < LATEST; rank++) {
            if (rank != ablation.rank()) {
                typical.add(model, preferences.items()[rank], preferences.epochSeconds()[rank]);
            }
            if (rank == ablation.newRank() && typical.items < LATEST) {
                typical.add(
                        model, preferences.items()[ablation.rank()], ablation.lastInteractionAt());
            }
        }
        return typical;
    }

    /**
     * Returns the negative distance of an item's age, ln(1 + hours), from the typical one; at most
     * 0.
     */
    float age(float logHours) {
        return items == 0 ? 0 : (float) -Math.abs(logHours - ages / items);
    }

    /**
     * Returns the negative distance of an item's count, ln(1 + count), from the typical one; at
     * most 0.
     */
    float count(double total) {
        return items == 0
                ? 0
                : (float) -Math.abs(NaturalLog.of(1 + Math.max(0, total)) - counts / items);
    }

    private void add(ModelView model, int item, long interactions) {
        items++;
        ages +=
                NaturalLog.of(
                        1 + Math.max(0, model.items().age(item, (double) interactions)) / 3_600);
        counts += NaturalLog.of(1.0 + Math.max(0, (double) model.popularity().count(item)));
    }
}
