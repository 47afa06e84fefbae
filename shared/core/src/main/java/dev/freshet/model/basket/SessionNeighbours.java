package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.Sums;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A kernel of sessions, computed at query time from an index of baskets: the baskets of other users
 * that are most like the current session pass their similarity to what they hold near the items in
 * common.
 *
 * <ol>
 *   <li>Each item of the session weighs by its position from the last, divided by e every {@value
 *       #POSITION_DECAY} items, and by the time between it and the last, halved after half an hour.
 *   <li>The similarity of a basket is the sum of the weights of the items in common over the root
 *       of the basket's size: the cosine but for a factor that all baskets share.
 *   <li>Of the {@value #NEAREST} most similar baskets each passes its similarity to its items, the
 *       less, the further an item is there from the newest item in common, and the longer ago the
 *       two were taken up.
 * </ol>
 *
 * <p>A pair of items counts only where at least k of those baskets hold both ({@link PairSupport}).
 *
 * <p>Cost: at most {@value #ITEMS} × 200 postings are read, and {@value #NEAREST} baskets of ≤ 200
 * entries.
 *
 * <p>After STAN (Garg, Gupta, Malhotra, Vig, Shroff, "Sequence and time aware neighborhood for
 * session-based recommendations", SIGIR 2019) and VSTAN (Ludewig, Mauro, Latifi, Jannach,
 * "Empirical analysis of session-based recommendation algorithms", 2021).
 *
 * @param items of the model
 * @param baskets that are read
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record SessionNeighbours(ItemTable items, Baskets baskets, int k) {
    /** The number of the session's latest items that are compared. */
    public static final int ITEMS = 20;

    /** The number of baskets that pass their similarity on. */
    public static final int NEAREST = 100;

    /** Entries between the newest item in common and the furthest one that is reached. */
    private static final int WIDTH = 20;

    private static final float HALF_SECONDS = 1_800;
    private static final float HALF_AGE = 30 * ModelTime.SECONDS_PER_DAY;
    private static final float[] POSITION = new float[ITEMS];
    private static final float[] DISTANCE = new float[WIDTH + 1];

    /** Items back at which the weight of an item of the session is divided by e. */
    private static final double POSITION_DECAY = 1.81;

    /** Entries further away at which what a basket passes is divided by e. */
    private static final double DISTANCE_DECAY = 3.62;

    static {
        for (int rank = 0; rank < ITEMS; rank++) {
            POSITION[rank] = (float) StrictMath.exp(-rank / POSITION_DECAY);
        }
        for (int apart = 0; apart <= WIDTH; apart++) {
            DISTANCE[apart] = (float) StrictMath.exp(-apart / DISTANCE_DECAY);
        }
    }

    /**
     * Returns the neighbours of a session.
     *
     * @param ranks of the session's items among those of the user, newest first; those beyond
     *     {@value #ITEMS} are left out
     * @param now a {@link ModelTime}
     */
    public Neighbours of(Preferences preferences, int[] ranks, int now) {
        int[] session =
                IntStream.of(ranks).limit(ITEMS).map(rank -> preferences.items()[rank]).toArray();
        float[] weights = weights(session, times(preferences, ranks));
        BasketScratch scratch = BasketScratch.acquire(items.size(), baskets.keys().size());
        ItemScores nearest = nearest(session, weights, scratch.weights);
        scratch.release();
        return new Neighbours(nearest, session, weights, now);
    }

    /**
     * Returns the weights of the items of a session if one action were removed, in the order of the
     * items with it; those of its item are 0 if nothing else remains of it.
     *
     * @param ranks as for {@link #of}
     * @return empty where the weights do not change
     */
    public float[] weightsWithout(Preferences preferences, int[] ranks, Ablation ablation) {
        int size = Math.min(ITEMS, ranks.length);
        int without = Arrays.binarySearch(ranks, 0, size, ablation.rank());
        if (without < 0
                || (!ablation.isRemoval()
                        && ablation.lastInteractionAt()
                                == preferences.epochSeconds()[ablation.rank()])) {
            return new float[0];
        }
        long[] left = times(preferences, ranks);
        left[without] = ablation.lastInteractionAt();
        int[] order =
                IntStream.range(0, size)
                        .filter(at -> at != without || !ablation.isRemoval())
                        .boxed()
                        .sorted(
                                Comparator.comparingLong((Integer at) -> -left[at])
                                        .thenComparing(at -> at == without))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] session = IntStream.of(order).map(at -> preferences.items()[ranks[at]]).toArray();
        long[] times = IntStream.of(order).mapToLong(at -> left[at]).toArray();
        float[] moved = weights(session, times);
        float[] weights = new float[size];
        for (int at = 0; at < order.length; at++) {
            weights[order[at]] = moved[at];
        }
        return weights;
    }

    /** Returns when the user interacted with the items of a session, newest first. */
    private static long[] times(Preferences preferences, int[] ranks) {
        return IntStream.of(ranks)
                .limit(ITEMS)
                .mapToLong(rank -> preferences.epochSeconds()[rank])
                .toArray();
    }

    /**
     * Returns the weights of a session's items, newest first. An item that fewer than k people hold
     * has none.
     */
    private float[] weights(int[] session, long[] times) {
        float[] weights = new float[session.length];
        for (int at = 0; at < weights.length; at++) {
            weights[at] =
                    baskets.holders().count(session[at]) < k
                            ? 0
                            : POSITION[at] * share((float) (times[0] - times[at]));
        }
        return weights;
    }

    /** Returns 1 for no time at all, and a half after half an hour. */
    private static float share(float seconds) {
        return HALF_SECONDS / (HALF_SECONDS + Math.max(0, seconds));
    }

    /** Returns the slots of the most similar baskets; of equals the most recent holders. */
    private ItemScores nearest(int[] session, float[] weights, Sums sums) {
        for (int rank = 0; rank < weights.length; rank++) {
            int[] postings = baskets.postings(session[rank]);
            sums.expect(postings.length);
            for (int at = postings.length - 1; at >= 0 && weights[rank] > 0; at--) {
                sums.add(postings[at], weights[rank]);
            }
        }
        TopN nearest = new TopN(Math.min(NEAREST, sums.size()));
        for (int order = 0; order < sums.size(); order++) {
            int slot = sums.key(order);
            int entries = BasketEntries.size(baskets.basket(slot));
            nearest.offer(slot, sums.take(slot) * RecentCoOccurrence.rootShare(entries));
        }
        sums.clear();
        return ItemScores.drain(nearest);
    }

    /** The baskets that are nearest to a session, where they hold its items, and the scores. */
    public final class Neighbours {
        private final ItemScores slots;
        private final int[] session;
        private final float[] weights;
        private final int now;
        private final long[] held;
        private final int[][] places;
        private final IntIndex candidates = new IntIndex(256);
        private final PairSupport support;
        private final IntFloats scores = new IntFloats(256);

        private Neighbours(ItemScores slots, int[] session, float[] weights, int now) {
            this.slots = slots;
            this.session = session;
            this.weights = weights;
            this.now = now;
            held = new long[slots.size()];
            places = new int[slots.size()][weights.length];
            for (int order = 0; order < held.length; order++) {
                int[] basket = baskets.basket(slots.item(order));
                for (int of = 0; of < weights.length; of++) {
                    int at = weights[of] > 0 ? BasketEntries.find(basket, session[of]) : -1;
                    if (at >= 0 && BasketEntries.positive(basket, at)) {
                        held[order] |= 1L << of;
                        places[order][of] = at;
                    }
                }
            }
            if (k > 1) {
                each(
                        (order, basket, at) ->
                                candidates.orderOrInsert(BasketEntries.item(basket, at)));
            }
            support = new PairSupport(k, 1, candidates.size());
            if (k > 1) {
                each(
                        (order, basket, at) ->
                                support.add(
                                        candidates.order(BasketEntries.item(basket, at)),
                                        held,
                                        order));
            }
            each(
                    (order, basket, at) -> {
                        float passed = passed(order, basket, at, weights);
                        if (passed > 0) {
                            scores.add(BasketEntries.item(basket, at), passed);
                        }
                    });
        }

        /** Returns the items of the session, newest first, with their weights. */
        public ItemScores session() {
            return new ItemScores(session, weights);
        }

        /**
         * Returns the scores of the items near those of the session, including the session's own
         * and deleted items: 1 corresponds to one basket that holds nothing but the session's
         * newest item and, right beside it, the item.
         */
        public IntFloats scores() {
            return scores;
        }

        /**
         * Returns the scores of some items under other weights of the session's items, the
         * neighbours being the same.
         *
         * @param others weights in the order of the session; empty for those of the session
         * @return by weights, then by item of {@code asked}
         */
        public float[][] scores(int[] asked, List<float[]> others) {
            IntIndex orders = new IntIndex(asked.length);
            for (int item : asked) {
                orders.orderOrInsert(item);
            }
            float[][] sums = new float[others.size()][orders.size()];
            each(
                    (order, basket, at) -> {
                        int item = orders.order(BasketEntries.item(basket, at));
                        for (int of = 0; item >= 0 && of < sums.length; of++) {
                            float[] other = others.get(of).length == 0 ? weights : others.get(of);
                            sums[of][item] += passed(order, basket, at, other);
                        }
                    });
            float[][] scored = new float[sums.length][asked.length];
            for (int of = 0; of < sums.length; of++) {
                for (int at = 0; at < asked.length; at++) {
                    scored[of][at] = sums[of][orders.order(asked[at])];
                }
            }
            return scored;
        }

        private interface Visit {
            void entry(int order, int[] basket, int at);
        }

        /** Visits the entries of positive strength that are near an item of the session. */
        private void each(Visit visit) {
            for (int order = 0; order < held.length; order++) {
                int[] basket = baskets.basket(slots.item(order));
                int first = BasketEntries.size(basket);
                int last = -1;
                for (long rest = held[order]; rest != 0; rest &= rest - 1) {
                    int place = places[order][Long.numberOfTrailingZeros(rest)];
                    first = Math.min(first, place);
                    last = Math.max(last, place);
                }
                int end = Math.min(BasketEntries.size(basket), last + WIDTH + 1);
                for (int at = Math.max(0, first - WIDTH); at < end; at++) {
                    if (BasketEntries.positive(basket, at)) {
                        visit.entry(order, basket, at);
                    }
                }
            }
        }

        /**
         * Returns what a basket passes to an entry by the other items of the session that it holds:
         * that it holds the item too says nothing for an item of the session itself.
         */
        private float passed(int order, int[] basket, int at, float[] weighing) {
            long pairs = held[order];
            if (k > 1) {
                pairs &= support.supported(candidates.order(BasketEntries.item(basket, at)), 0);
            }
            float weight = 0;
            float most = 0;
            int match = 0;
            for (; pairs != 0; pairs &= pairs - 1) {
                int of = Long.numberOfTrailingZeros(pairs);
                float one = places[order][of] == at ? 0 : weighing[of];
                weight += one;
                if (one > most) {
                    most = one;
                    match = places[order][of];
                }
            }
            int apart = Math.abs(at - match);
            if (weight == 0 || apart > WIDTH) {
                return 0;
            }
            float then = BasketEntries.lastInteractionAt(basket, match);
            float between = Math.abs(BasketEntries.lastInteractionAt(basket, at) - then);
            float age = Math.max(0, now - then);
            return weight
                    * RecentCoOccurrence.rootShare(BasketEntries.size(basket))
                    * DISTANCE[apart]
                    * share(between)
                    * (HALF_AGE / (HALF_AGE + age));
        }
    }
}
