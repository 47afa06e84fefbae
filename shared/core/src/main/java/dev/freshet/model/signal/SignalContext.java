package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.NaturalLog;
import dev.freshet.profile.AttributeRules.StatedInterest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What signals are computed from: one user at one moment, and the model. Used by one thread. */
public final class SignalContext {
    /** Index that stands for no item. */
    public static final int NO_ITEM = -1;

    /** Most tags that {@link #tags} returns. */
    public static final int MAX_TAGS = 3;

    /** Items of the user whose tags are counted. */
    private static final int TAG_HISTORY = 20;

    /** Weight of following a tag, in items of that tag. */
    private static final double FOLLOWED = 5;

    private final ModelView model;
    private final Preferences preferences;
    private final Context context;
    private final Instant now;
    private final int lookedAt;
    private final double seconds;
    private final Decay.Clock clock;
    private final IntIndex ranks;
    private @Nullable List<String> tags;
    private @Nullable TypicalItem typical;

    /**
     * Creates the context of one request, or of one example that is learned.
     *
     * @param lookedAt index of the item being looked at, or {@link #NO_ITEM}
     */
    public SignalContext(
            ModelView model, Preferences preferences, Context context, Instant now, int lookedAt) {
        this.model = model;
        this.preferences = preferences;
        this.context = context;
        this.now = now;
        this.lookedAt = lookedAt;
        seconds = now.toEpochMilli() / 1000.0;
        clock = new Decay.Clock(seconds);
        ranks = preferences.ranks();
    }

    public ModelView model() {
        return model;
    }

    public Preferences preferences() {
        return preferences;
    }

    public Context context() {
        return context;
    }

    public Instant now() {
        return now;
    }

    /** Returns the index of the item being looked at, or {@link #NO_ITEM}. */
    public int lookedAt() {
        return lookedAt;
    }

    /** Returns whether a source, or a signal, is not left out. */
    boolean uses(String name) {
        return !model.leftOut().contains(name);
    }

    /** Returns whether one of these signals, at least, is not left out. */
    boolean usesAnyOf(Signal... signals) {
        return model.leftOut().isEmpty()
                || Arrays.stream(signals).anyMatch(signal -> uses(signal.name()));
    }

    /** Returns the rank of an item among those that the user likes, the newest first, or −1. */
    int rank(int item) {
        return ranks.order(item);
    }

    /** Returns the present in epoch seconds. */
    double seconds() {
        return seconds;
    }

    /**
     * Returns the ranks of the user's items that are of the session that goes on, the newest first.
     */
    int[] session() {
        return preferences.session().ranks(seconds, preferences.epochSeconds());
    }

    /** Returns the present as decayed counts are read by. */
    Decay.Clock clock() {
        return clock;
    }

    /** Returns the age and the popularity of the items that the user usually chooses. */
    TypicalItem typical() {
        TypicalItem known = typical;
        if (known == null) {
            known = TypicalItem.of(model, preferences);
            typical = known;
        }
        return known;
    }

    /**
     * Returns the scopes that counts are kept for and that the request lies in, the widest first.
     */
    List<Scope> scopes() {
        List<Scope> scopes = new ArrayList<>(3);
        scopes.add(Scope.ALL);
        if (context.device() != null) {
            scopes.add(Scope.device(context.device()));
        }
        if (context.country() != null) {
            scopes.add(Scope.country(context.country()));
        }
        return scopes;
    }

    /**
     * Returns the tags that the user follows, is interested in or reads most, at most {@value
     * #MAX_TAGS}.
     */
    public List<String> tags() {
        List<String> known = tags;
        if (known == null) {
            known = countTags();
            tags = known;
        }
        return known;
    }

    private List<String> countTags() {
        Map<String, Double> weights = new HashMap<>();
        for (int rank = 0; rank < Math.min(preferences.size(), TAG_HISTORY); rank++) {
            Item item = model.items().item(preferences.items()[rank]);
            for (String tag : item.tags()) {
                weights.merge(tag, 1.0, Double::sum);
            }
        }
        for (String tag : preferences.tags()) {
            weights.merge(tag, FOLLOWED, Double::sum);
        }
        for (StatedInterest interest : preferences.interests()) {
            interest.values().forEach(tag -> weights.merge(tag, FOLLOWED, Double::sum));
        }
        return weights.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_TAGS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The age and the popularity of the items that a user chooses: how old they were at the
     * interaction, and how often others interacted with them. Means over the latest {@value
     * #LATEST} liked items.
     */
    static final class TypicalItem {
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
         * Returns the typical item of a request without each action; that of the request itself
         * where an action changes nothing.
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
                            model,
                            preferences.items()[ablation.rank()],
                            ablation.lastInteractionAt());
                }
            }
            return typical;
        }

        /**
         * Returns the negative distance of an item's age, ln(1 + hours), from the typical one; at
         * most 0.
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
                            1
                                    + Math.max(0, model.items().age(item, (double) interactions))
                                            / 3_600);
            counts += NaturalLog.of(1.0 + Math.max(0, (double) model.popularity().count(item)));
        }
    }
}
