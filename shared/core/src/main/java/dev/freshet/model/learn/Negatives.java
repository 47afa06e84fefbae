package dev.freshet.model.learn;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.signal.ModelView;
import dev.freshet.model.signal.SignalFamily;
import dev.freshet.model.signal.Signals;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The items that a user could have chosen instead. Where the list is known that was shown, its
 * other items; else what would have been ranked. A request ranks at most {@value #CANDIDATES}
 * candidates, so weights are learned among such: the lists that families name as hard negatives,
 * {@value #DEPTH} of each at most, are certain to be candidates; of all other items, as many as
 * fill the candidates up are so by chance.
 *
 * <p>The first items of each list count once each. Of the rest of the lists, and of all other
 * items, some are drawn, and each of those counts for as many as were not drawn.
 */
final class Negatives {
    /** Most candidates of a request, as {@code candidate.Candidates} has them. */
    static final int CANDIDATES = 1_000;

    /** Most items of each list. */
    static final int DEPTH = 100;

    /** In place of an item, where none was chosen from a list that was shown. */
    static final int NONE_TAKEN = -1;

    static final int MAX_FIRST = 80;
    static final int DRAWN_OF_LISTS = 40;
    static final int DRAWN_OF_REST = 10;

    /** The user's own latest items, which are candidates as they are. */
    static final int OWN_FIRST = 20;

    static final int DRAWN_OF_OWN = 5;

    private final ModelView live;
    private final IntIndex seen;
    private final IntIndex listed = new IntIndex(512);
    private final IntIndex chosen = new IntIndex(128);
    private final float[] stands;

    private Negatives(ModelView live, IntIndex seen, int most) {
        this.live = live;
        this.seen = seen;
        stands = new float[1 + most + OWN_FIRST + DRAWN_OF_OWN];
    }

    /**
     * Returns the items of a list that was shown, each of which counts once, but for those that the
     * user interacted with and does not like.
     *
     * @param seen what the user interacted with before
     * @param own what of it the user likes
     * @param taken the item that was chosen from the list, which comes first, or {@link
     *     #NONE_TAKEN}
     */
    static Negatives shown(
            ModelView live, IntIndex seen, IntIndex own, int taken, List<String> list) {
        Negatives some = new Negatives(live, seen, list.size());
        if (taken != NONE_TAKEN) {
            some.take(taken, 1);
        }
        for (String id : list) {
            int item = live.items().index(id);
            boolean again =
                    item >= 0
                            && own.order(item) >= 0
                            && some.chosen.order(item) < 0
                            && !live.items().deleted(item);
            if (again || (item >= 0 && some.isNew(item))) {
                some.take(item, 1);
            }
        }
        return some;
    }

    /**
     * Returns what would have been ranked. Where no list contains the chosen item, chance decides
     * whether it would have been a candidate.
     *
     * @param seen what the user interacted with before
     * @param chance draws a number below another
     * @return null where the chosen item would not have been a candidate: then there is nothing to
     *     learn
     */
    static @Nullable Negatives candidates(
            ModelView live, Signals signals, IntIndex seen, int taken, IntUnaryOperator chance) {
        Negatives some = new Negatives(live, seen, MAX_FIRST + DRAWN_OF_LISTS + DRAWN_OF_REST);
        some.take(taken, 1);
        List<SignalFamily.HardNegatives> lists = signals.negatives(DEPTH);
        for (SignalFamily.HardNegatives each : lists) {
            ItemScores list = each.list();
            for (int rank = 0; rank < list.size(); rank++) {
                some.listed.orderOrInsert(list.item(rank));
            }
        }
        int rest = Math.max(0, live.items().size() - seen.size() - some.listed.size());
        int places = Math.min(rest, Math.max(0, CANDIDATES - some.listed.size()));
        boolean listed = some.listed.order(taken) >= 0 || seen.order(taken) >= 0;
        if (!listed && places < rest && chance.applyAsInt(rest) >= places) {
            return null;
        }
        lists.forEach(each -> some.first(each.list(), each.first()));
        some.drawOfLists(chance);
        some.drawOfRest(places, chance);
        return some;
    }

    private void first(ItemScores list, int most) {
        int left = Math.min(most, MAX_FIRST + 1 - chosen.size());
        for (int rank = 0; rank < list.size() && left > 0; rank++) {
            if (isNew(list.item(rank))) {
                take(list.item(rank), 1);
                left--;
            }
        }
    }

    private void drawOfLists(IntUnaryOperator chance) {
        int[] left = new int[listed.size()];
        int size = 0;
        for (int order = 0; order < listed.size(); order++) {
            if (isNew(listed.key(order))) {
                left[size++] = listed.key(order);
            }
        }
        draw(DRAWN_OF_LISTS, left, size, chance);
    }

    /**
     * Draws some items, each of which counts for as many as were not drawn.
     *
     * @param most items drawn
     * @param from distinct items, from 0 to {@code size}; their order is changed
     */
    private void draw(int most, int[] from, int size, IntUnaryOperator chance) {
        int drawn = Math.min(most, size);
        for (int at = 0; at < drawn; at++) {
            int other = at + chance.applyAsInt(size - at);
            int item = from[other];
            from[other] = from[at];
            take(item, (float) size / drawn);
        }
    }

    private void drawOfRest(int places, IntUnaryOperator chance) {
        int before = chosen.size();
        int wanted = Math.min(DRAWN_OF_REST, places);
        for (int tries = 2 * wanted; tries > 0 && chosen.size() < before + wanted; tries--) {
            int item = chance.applyAsInt(live.items().size());
            if (listed.order(item) < 0 && isNew(item)) {
                chosen.orderOrInsert(item);
            }
        }
        int drawn = chosen.size() - before;
        Arrays.fill(stands, before, before + drawn, (float) places / Math.max(1, drawn));
    }

    /**
     * Adds the user's own items, as the source of repeats finds them: the latest as they are, and
     * some drawn of the others, each of which counts for as many as were not drawn.
     *
     * @param newestFirst items that the user likes
     * @param chance draws a number below another
     */
    Negatives withOwn(int[] newestFirst, IntUnaryOperator chance) {
        int[] left = new int[newestFirst.length];
        int size = 0;
        for (int rank = 0; rank < newestFirst.length; rank++) {
            int item = newestFirst[rank];
            if (chosen.order(item) < 0 && !live.items().deleted(item)) {
                if (rank < OWN_FIRST) {
                    take(item, 1);
                } else {
                    left[size++] = item;
                }
            }
        }
        draw(DRAWN_OF_OWN, left, size, chance);
        return this;
    }

    private boolean isNew(int item) {
        return chosen.order(item) < 0 && seen.order(item) < 0 && !live.items().deleted(item);
    }

    private void take(int item, float standing) {
        stands[chosen.orderOrInsert(item)] = standing;
    }

    /** Returns the chosen item, if there is one, and after it the others. */
    IntIndex items() {
        return chosen;
    }

    /** Returns how many items each one counts for, at least 1; may be longer than the items. */
    float[] stands() {
        return stands;
    }
}
