package dev.freshet.model.signal;

import dev.freshet.model.basket.Transitions;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.IntFloats;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The signals of {@link NextItemSignals} that depend on the latest item alone, or on the {@value
 * #LATEST} latest ones by their order. Costs what {@link Transitions} reads of them. For one
 * request; used by one thread.
 */
final class LatestItemSignals {
    /** ln of the share of the latest item's holders that went straight to the item, 0 to 4.6. */
    static final Signal STRAIGHT =
            Signal.of(51, "log-straight-next", NextItemSignals.SOURCE, 0.1f, 0.1f, 0.1f);

    /** Cosine of the holders of the item and those of the latest one, shrunk by 5. */
    static final Signal HELD =
            Signal.of(52, "held-with-latest", NextItemSignals.SOURCE, 0.5f, 0.5f, 0.5f)
                    .leastUnit(0.05f);

    /**
     * ln of how often and near the item follows the {@value #LATEST} latest items, each weighing by
     * one over its rank, from 0 to 4.6.
     */
    static final Signal FOLLOWING =
            Signal.of(53, "log-following-latest", NextItemSignals.SOURCE, 0.1f, 0.1f, 0.1f);

    /** The number of latest items that are used. */
    static final int LATEST = 5;

    private final Transitions transitions;
    private final Preferences preferences;
    private final int[] ranks;

    /** By rank, one more than are used, which would be used if one of the latest were missing. */
    private final @Nullable IntFloats[] following = new IntFloats[LATEST + 1];

    private @Nullable IntFloats followingAll;

    private final Transitions.@Nullable Direct[] direct = new Transitions.Direct[LATEST + 1];

    LatestItemSignals(ModelView model, Preferences preferences) {
        transitions = model.transitions();
        this.preferences = preferences;
        ranks = IntStream.range(0, Math.min(LATEST, preferences.size())).toArray();
    }

    void fill(int item, float[] vector) {
        vector[STRAIGHT.at()] = straight(item, ranks);
        vector[HELD.at()] = held(item, ranks);
        vector[FOLLOWING.at()] = RelativeScores.relative(followingAll().get(item), 1);
    }

    /** Attributes the signals to actions, exactly: without one, the items before it move up. */
    Attributor attributor(List<Ablation> ablations, int[] candidates) {
        int[][] left = ablations.stream().map(this::without).toArray(int[][]::new);
        return (at, losses) -> {
            int item = candidates[at];
            float straight = straight(item, ranks);
            float held = held(item, ranks);
            float following = following(item, ranks);
            for (int action = 0; action < left.length; action++) {
                if (!Arrays.equals(left[action], ranks)) {
                    losses.add(STRAIGHT, action, straight - straight(item, left[action]));
                    losses.add(HELD, action, held - held(item, left[action]));
                    losses.add(FOLLOWING, action, following - following(item, left[action]));
                }
            }
        };
    }

    /**
     * Returns the ranks of the latest items if an action were removed, newest first; the same where
     * that does not change them.
     */
    private int[] without(Ablation ablation) {
        if (ablation.isFollow()
                || ablation.rank() >= LATEST
                || ablation.newRank() == ablation.rank()) {
            return ranks;
        }
        int[] left =
                IntStream.rangeClosed(0, Math.min(LATEST, preferences.size() - 1))
                        .filter(rank -> rank != ablation.rank())
                        .toArray();
        if (ablation.isRemoval() || ablation.newRank() > left.length) {
            return IntStream.of(left).limit(LATEST).toArray();
        }
        IntStream before = IntStream.of(left).limit(ablation.newRank());
        IntStream behind = IntStream.of(left).skip(ablation.newRank());
        return IntStream.concat(IntStream.concat(before, IntStream.of(ablation.rank())), behind)
                .limit(LATEST)
                .toArray();
    }

    private float straight(int item, int[] of) {
        return of.length == 0 ? 0 : RelativeScores.relative(direct(of[0]).straight(item), 1);
    }

    private float held(int item, int[] of) {
        return of.length == 0 ? 0 : direct(of[0]).held(item);
    }

    private float following(int item, int[] of) {
        float sum = 0;
        for (int at = 0; at < of.length; at++) {
            sum += following(of[at]).get(item) / (1 + at);
        }
        return RelativeScores.relative(sum, 1);
    }

    /** Returns by item the sum over the latest items, in their order, of what follows each. */
    private IntFloats followingAll() {
        IntFloats known = followingAll;
        if (known == null) {
            known = new IntFloats(64);
            for (int at = 0; at < ranks.length; at++) {
                IntFloats one = following(ranks[at]);
                for (int order = 0; order < one.size(); order++) {
                    known.add(one.key(order), one.value(order) / (1 + at));
                }
            }
            followingAll = known;
        }
        return known;
    }

    private Transitions.Direct direct(int rank) {
        Transitions.Direct known = direct[rank];
        if (known == null) {
            known = transitions.direct(preferences.items()[rank]);
            direct[rank] = known;
        }
        return known;
    }

    private IntFloats following(int rank) {
        IntFloats known = following[rank];
        if (known == null) {
            known = transitions.following(preferences.items()[rank]);
            following[rank] = known;
        }
        return known;
    }
}
