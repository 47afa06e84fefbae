package dev.freshet.model.signal;

import dev.freshet.model.basket.NextItems;
import dev.freshet.model.basket.Transitions;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The signals of {@link NextItemSignals} that depend on the latest item alone, or on the {@value
 * #LATEST} latest ones by their order: three on those that the user likes, and two on those of
 * either sign, before and after which others did something. Costs what {@link Transitions} reads of
 * them; for the last two nothing on a site where nobody dislikes anything, since there the other
 * signals say the same. For one request; used by one thread.
 */
final class LatestItemSignals extends SignalFamily.Prepared {
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

    /**
     * ln of how often and near the item follows the latest ones of either sign, each weighing by
     * one over its rank, from 0 to 4.6.
     */
    static final Signal AFTER =
            Signal.of(57, "log-after-either", NextItemSignals.SOURCE, 0.1f, 0.1f, 0.1f);

    /**
     * ln of how often and near the item precedes the latest ones of either sign, each weighing by
     * one over its rank, from 0 to 4.6.
     */
    static final Signal BEFORE =
            Signal.of(58, "log-before-either", NextItemSignals.SOURCE, 0.1f, 0.1f, 0.1f);

    /** The number of latest items that are used. */
    static final int LATEST = 5;

    /** Items after and before those of either sign that are taken as hard negatives as they are. */
    private static final int FIRST_NEGATIVES = 5;

    private final Transitions transitions;

    /** Ranks of the latest items among the liked ones, and of those of either sign. */
    private final int[] liked;

    private final int[] either;

    /** By rank, one more than are used, which would be used if one of the latest were missing. */
    private final @Nullable IntFloats[] following = new IntFloats[LATEST + 1];

    private final Transitions.@Nullable Direct[] direct = new Transitions.Direct[LATEST + 1];
    private final NextItems.@Nullable AdjacentScores[] adjacent =
            new NextItems.AdjacentScores[LATEST + 1];

    private @Nullable IntFloats followingAll;
    private final IntFloats after = new IntFloats(1);
    private final IntFloats before = new IntFloats(1);

    LatestItemSignals(SignalContext context) {
        super(context);
        transitions = model.transitions();
        liked = IntStream.range(0, Math.min(LATEST, preferences.size())).toArray();
        boolean reads = transitions.hasUnliked() && context.usesAnyOf(AFTER, BEFORE);
        int latest = reads ? preferences.latest().length : 0;
        either = IntStream.range(0, Math.min(LATEST, latest)).toArray();
        for (int at = 0; at < either.length; at++) {
            NextItems.AdjacentScores of = adjacent(either[at]);
            add(of.after(), 1f / (1 + at), after);
            add(of.before(), 1f / (1 + at), before);
        }
    }

    private static void add(IntFloats from, float weight, IntFloats to) {
        for (int at = 0; at < from.size(); at++) {
            to.add(from.key(at), weight * from.value(at));
        }
    }

    @Override
    public void fill(ItemFacts facts, float[] vector) {
        int item = facts.item();
        vector[STRAIGHT.at()] = straight(item, liked);
        vector[HELD.at()] = held(item, liked);
        vector[FOLLOWING.at()] = RelativeScores.relative(followingAll().get(item), 1);
        vector[AFTER.at()] = RelativeScores.relative(after.get(item), 1);
        vector[BEFORE.at()] = RelativeScores.relative(before.get(item), 1);
    }

    /** Returns what followed and preceded either; none where nobody dislikes anything. */
    @Override
    public List<ItemScores> candidates(int limit) {
        return either.length == 0 ? List.of() : List.of(top(after, limit), top(before, limit));
    }

    @Override
    public List<SignalFamily.HardNegatives> negatives(int limit) {
        return candidates(limit).stream()
                .map(list -> new SignalFamily.HardNegatives(list, FIRST_NEGATIVES))
                .toList();
    }

    /** Returns about how many numbers were read of the items of either sign. */
    @Override
    public long work() {
        return (long) either.length * Transitions.MAX_EITHER;
    }

    /**
     * Attributes the signals to actions, exactly: without one, the items before it move up. An item
     * of either sign that keeps other actions moves behind the liked items that are newer then.
     */
    @Override
    public List<Attributors.Attributor> attributors(List<Ablation> ablations, int[] candidates) {
        int[][] likedLeft = ablations.stream().map(this::likedWithout).toArray(int[][]::new);
        int[][] eitherLeft = ablations.stream().map(this::eitherWithout).toArray(int[][]::new);
        return List.of(
                (at, losses) -> {
                    int item = candidates[at];
                    float straight = straight(item, liked);
                    float held = held(item, liked);
                    float follows = sum(item, liked, this::following);
                    float isAfter = RelativeScores.relative(after.get(item), 1);
                    float isBefore = RelativeScores.relative(before.get(item), 1);
                    for (int action = 0; action < likedLeft.length; action++) {
                        int[] left = likedLeft[action];
                        if (!Arrays.equals(left, liked)) {
                            losses.add(STRAIGHT, action, straight - straight(item, left));
                            losses.add(HELD, action, held - held(item, left));
                            losses.add(
                                    FOLLOWING, action, follows - sum(item, left, this::following));
                        }
                        left = eitherLeft[action];
                        if (!Arrays.equals(left, either)) {
                            losses.add(
                                    AFTER,
                                    action,
                                    isAfter - sum(item, left, one -> adjacent(one).after()));
                            losses.add(
                                    BEFORE,
                                    action,
                                    isBefore - sum(item, left, one -> adjacent(one).before()));
                        }
                    }
                });
    }

    /**
     * Returns the ranks of the latest liked items if an action were removed, newest first; the same
     * where that does not change them.
     */
    private int[] likedWithout(Ablation ablation) {
        if (ablation.isFollow()
                || ablation.rank() >= LATEST
                || ablation.newRank() == ablation.rank()) {
            return liked;
        }
        int known = Math.min(LATEST + 1, preferences.size());
        boolean gone = ablation.isRemoval() || ablation.newRank() > known - 1;
        return moved(known, ablation.rank(), gone ? LATEST : ablation.newRank());
    }

    /** Returns the ranks of the latest items of either sign if an action were removed. */
    private int[] eitherWithout(Ablation ablation) {
        if (either.length == 0 || ablation.isFollow() || ablation.newRank() == ablation.rank()) {
            return either;
        }
        int[] latest = preferences.latest();
        int known = Math.min(latest.length, LATEST + 1);
        int removed = place(latest, known, preferences.items()[ablation.rank()]);
        if (removed < 0) {
            return either;
        }
        if (ablation.isRemoval()) {
            return moved(known, removed, LATEST);
        }
        int behind = place(latest, known, preferences.items()[ablation.newRank()]);
        int place = behind < 0 ? known - 2 : behind < removed ? behind : behind - 1;
        return moved(known, removed, 1 + place);
    }

    private static int place(int[] latest, int known, int item) {
        return IntStream.range(0, known).filter(at -> latest[at] == item).findFirst().orElse(-1);
    }

    /**
     * Returns ranks, newest first, once one has moved.
     *
     * @param known how many there are
     * @param rank the one that moves
     * @param to its place among the others; {@link #LATEST} where it is gone
     */
    private static int[] moved(int known, int rank, int to) {
        int[] others = IntStream.range(0, known).filter(other -> other != rank).toArray();
        IntStream newer = IntStream.of(others).limit(to);
        IntStream older = IntStream.of(others).skip(to);
        return IntStream.concat(IntStream.concat(newer, IntStream.of(rank)), older)
                .limit(Math.min(LATEST, to == LATEST ? others.length : known))
                .toArray();
    }

    private float straight(int item, int[] of) {
        return of.length == 0 ? 0 : RelativeScores.relative(direct(of[0]).straight(item), 1);
    }

    private float held(int item, int[] of) {
        return of.length == 0 ? 0 : direct(of[0]).held(item);
    }

    /** Returns ln of the sum of an item's scores by each of the latest ones, over its rank. */
    private static float sum(int item, int[] of, IntFunction<IntFloats> scores) {
        float sum = 0;
        for (int at = 0; at < of.length; at++) {
            sum += scores.apply(of[at]).get(item) / (1 + at);
        }
        return RelativeScores.relative(sum, 1);
    }

    /** Returns by item the sum over the latest liked items, in order, of what follows each. */
    private IntFloats followingAll() {
        IntFloats known = followingAll;
        if (known == null) {
            known = new IntFloats(64);
            for (int at = 0; at < liked.length; at++) {
                IntFloats one = following(liked[at]);
                for (int entry = 0; entry < one.size(); entry++) {
                    known.add(one.key(entry), one.value(entry) / (1 + at));
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

    private NextItems.AdjacentScores adjacent(int rank) {
        NextItems.AdjacentScores known = adjacent[rank];
        if (known == null) {
            known = transitions.either(preferences.latest()[rank]);
            adjacent[rank] = known;
        }
        return known;
    }
}
