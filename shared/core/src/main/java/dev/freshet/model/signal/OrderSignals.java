package dev.freshet.model.signal;

import dev.freshet.model.basket.InteractionOrder;
import dev.freshet.model.basket.NextItems;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The signals of {@link NextItemSignals} that come of interactions of either sign: what people
 * interacted with after and before the {@value #LATEST} items that this user interacted with last,
 * liked or not. Costs what {@link InteractionOrder} reads of them, and nothing on a site where
 * nobody dislikes anything: there the other signals say the same. For one request; used by one
 * thread.
 */
final class OrderSignals {
    /**
     * ln of how often and near the item follows the latest ones, each weighing by one over its
     * rank, from 0 to 4.6.
     */
    static final Signal AFTER =
            Signal.of(57, "log-after-either", NextItemSignals.SOURCE, 0.1f, 0.1f, 0.1f);

    /**
     * ln of how often and near the item precedes the latest ones, each weighing by one over its
     * rank, from 0 to 4.6.
     */
    static final Signal BEFORE =
            Signal.of(58, "log-before-either", NextItemSignals.SOURCE, 0.1f, 0.1f, 0.1f);

    /** The number of latest items that are used. */
    static final int LATEST = 5;

    /** Following items that are taken as hard negatives as they are. */
    private static final int FIRST_NEGATIVES = 5;

    private final ModelView model;
    private final Preferences preferences;
    private final InteractionOrder order;
    private final int[] ranks;

    /** By rank, one more than are used, which would be used if one of the latest were missing. */
    private final NextItems.@Nullable AdjacentScores[] adjacent =
            new NextItems.AdjacentScores[LATEST + 1];

    private final IntFloats after = new IntFloats(1);
    private final IntFloats before = new IntFloats(1);

    OrderSignals(ModelView model, Preferences preferences) {
        this.model = model;
        this.preferences = preferences;
        order = model.interactionOrder();
        int latest = order.hasUnliked() ? preferences.latest().length : 0;
        ranks = IntStream.range(0, Math.min(LATEST, latest)).toArray();
        for (int at = 0; at < ranks.length; at++) {
            NextItems.AdjacentScores of = adjacent(ranks[at]);
            add(of.after(), 1f / (1 + at), after);
            add(of.before(), 1f / (1 + at), before);
        }
    }

    private static void add(IntFloats from, float weight, IntFloats to) {
        for (int at = 0; at < from.size(); at++) {
            to.add(from.key(at), weight * from.value(at));
        }
    }

    void fill(int item, float[] vector) {
        vector[AFTER.at()] = RelativeScores.relative(after.get(item), 1);
        vector[BEFORE.at()] = RelativeScores.relative(before.get(item), 1);
    }

    /** Returns what followed and what preceded; none where nobody dislikes anything. */
    List<ItemScores> candidates(int limit) {
        return ranks.length == 0 ? List.of() : List.of(top(after, limit), top(before, limit));
    }

    List<SignalFamily.HardNegatives> negatives(int limit) {
        return candidates(limit).stream()
                .map(list -> new SignalFamily.HardNegatives(list, FIRST_NEGATIVES))
                .toList();
    }

    private ItemScores top(IntFloats scores, int limit) {
        return ItemScores.top(scores, preferences.own(), model.items(), limit);
    }

    /** Returns about how many numbers were read. */
    long work() {
        return (long) ranks.length * InteractionOrder.MAX_READ;
    }

    /**
     * Attributes the signals to actions: without one, the items before it move up. An item that
     * keeps other actions moves behind the liked items that are newer then.
     */
    Attributor attributor(List<Ablation> ablations, int[] candidates) {
        int[][] left = ablations.stream().map(this::without).toArray(int[][]::new);
        return (at, losses) -> {
            int item = candidates[at];
            for (int action = 0; action < left.length; action++) {
                if (!Arrays.equals(left[action], ranks)) {
                    losses.add(
                            AFTER,
                            action,
                            RelativeScores.relative(after.get(item), 1)
                                    - RelativeScores.relative(after(item, left[action]), 1));
                    losses.add(
                            BEFORE,
                            action,
                            RelativeScores.relative(before.get(item), 1)
                                    - RelativeScores.relative(before(item, left[action]), 1));
                }
            }
        };
    }

    private float after(int item, int[] of) {
        float sum = 0;
        for (int at = 0; at < of.length; at++) {
            sum += adjacent(of[at]).after().get(item) / (1 + at);
        }
        return sum;
    }

    private float before(int item, int[] of) {
        float sum = 0;
        for (int at = 0; at < of.length; at++) {
            sum += adjacent(of[at]).before().get(item) / (1 + at);
        }
        return sum;
    }

    /** Returns the ranks of the latest items if an action were removed, newest first. */
    private int[] without(Ablation ablation) {
        if (ranks.length == 0 || ablation.isFollow() || ablation.newRank() == ablation.rank()) {
            return ranks;
        }
        int item = preferences.items()[ablation.rank()];
        int[] latest = preferences.latest();
        int known = Math.min(latest.length, LATEST + 1);
        int removed =
                IntStream.range(0, known).filter(at -> latest[at] == item).findFirst().orElse(-1);
        if (removed < 0) {
            return ranks;
        }
        int[] others = IntStream.range(0, known).filter(at -> at != removed).toArray();
        if (ablation.isRemoval()) {
            return IntStream.of(others).limit(LATEST).toArray();
        }
        int behind = preferences.items()[ablation.newRank()];
        int place =
                IntStream.range(0, others.length)
                        .filter(at -> latest[others[at]] == behind)
                        .findFirst()
                        .orElse(others.length - 1);
        IntStream newer = IntStream.of(others).limit(1 + place);
        IntStream older = IntStream.of(others).skip(1 + place);
        return IntStream.concat(IntStream.concat(newer, IntStream.of(removed)), older)
                .limit(LATEST)
                .toArray();
    }

    private NextItems.AdjacentScores adjacent(int rank) {
        NextItems.AdjacentScores known = adjacent[rank];
        if (known == null) {
            known = order.adjacent(preferences.latest()[rank]);
            adjacent[rank] = known;
        }
        return known;
    }
}
