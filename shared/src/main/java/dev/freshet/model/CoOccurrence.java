package dev.freshet.model;

import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;
import java.util.Set;

/**
 * What goes together, by the basket index: the reader's items, each over popᵃ, give weight to the
 * baskets that hold them; the {@value #HEAVIEST} heaviest, over their size, give it on to their
 * items, over popᵇ, damped by the distance within the basket. pop is the number of baskets that
 * hold the item. At most 100 × 200 postings and 500 × 200 entries are read.
 *
 * <p>The idea of scaling by both popularities is that of item-based nearest neighbours (Deshpande,
 * Karypis, 2004); reading it off baskets at the time of asking, instead of keeping pairs, makes an
 * update O(1) and leaves the exponents free.
 */
public final class CoOccurrence {
    static final int HEAVIEST = 500;

    /** a: how much a popular item in the history counts less. */
    static final double SOURCE_EXPONENT = 0.6;

    /** b: how much a popular candidate counts less. */
    static final double TARGET_EXPONENT = 0.2;

    /** Entries apart at which the weight is halved. */
    static final float DISTANCE = 100;

    private final ItemTable items;
    private final Baskets baskets;

    CoOccurrence(ItemTable items, Baskets baskets) {
        this.items = items;
        this.baskets = baskets;
    }

    /**
     * Items that go with the taste, without its own, without deleted ones; scores are comparable
     * within one answer only.
     */
    public ItemScores related(Taste taste, int limit) {
        return top(scores(taste), taste, limit);
    }

    /** Items that go with this one; scores likewise. */
    public ItemScores similar(int item, int limit) {
        Taste one = of(item);
        return top(scores(one), one, limit);
    }

    /** In how many baskets the item stands with positive strength. */
    public int holders(int item) {
        return baskets.holders().get(item);
    }

    /**
     * Which of the reader's items moved a candidate most.
     *
     * @return its rank in the taste, or −1 when none shares a basket with the candidate
     */
    public int mover(Taste taste, int candidate) {
        float[] shares = shares(taste, candidate);
        int best = -1;
        for (int rank = 0; rank < shares.length; rank++) {
            if (shares[rank] > 0 && (best < 0 || shares[rank] > shares[best])) {
                best = rank;
            }
        }
        return best;
    }

    /**
     * By rank in the taste: the weight of the baskets it shares with the candidate. Reads ≤ 100 ×
     * 200 postings.
     */
    float[] shares(Taste taste, int candidate) {
        int[] holding = baskets.postings(candidate);
        IntFloats sizes = new IntFloats(holding.length);
        for (int slot : holding) {
            sizes.put(slot, 1f / Entries.size(baskets.basket(slot)));
        }
        float[] shares = new float[taste.size()];
        for (int rank = 0; rank < shares.length && holding.length > 0; rank++) {
            float weight = sourceWeight(taste, rank);
            for (int slot : baskets.postings(taste.items()[rank])) {
                shares[rank] += weight * sizes.get(slot);
            }
        }
        return shares;
    }

    /**
     * The score of every item that shares a basket with the taste, its own and deleted ones
     * included.
     */
    IntFloats scores(Taste taste) {
        IntFloats weights = new IntFloats(256);
        IntIndex own = new IntIndex(taste.size());
        for (int rank = 0; rank < taste.size(); rank++) {
            int item = taste.items()[rank];
            own.orderOrInsert(item);
            float weight = sourceWeight(taste, rank);
            int[] postings = baskets.postings(item);
            for (int at = postings.length - 1; at >= 0; at--) {
                weights.add(postings[at], weight);
            }
        }
        TopN heaviest = new TopN(Math.min(HEAVIEST, weights.size()));
        for (int order = 0; order < weights.size(); order++) {
            heaviest.offer(weights.key(order), weights.value(order));
        }
        ItemScores chosen = ItemScores.drain(heaviest);
        IntFloats scores = new IntFloats(1_024);
        for (int rank = 0; rank < chosen.size(); rank++) {
            spread(baskets.basket(chosen.item(rank)), chosen.score(rank), own, scores);
        }
        for (int order = 0; order < scores.size(); order++) {
            int item = scores.key(order);
            scores.put(
                    item,
                    scores.value(order)
                            / (float) Math.pow(Math.max(1, holders(item)), TARGET_EXPONENT));
        }
        return scores;
    }

    private void spread(int[] basket, float weight, IntIndex own, IntFloats scores) {
        int size = Entries.size(basket);
        int[] distance = new int[size];
        int nearest = Integer.MAX_VALUE / 2;
        for (int at = 0; at < size; at++) {
            nearest = own.order(Entries.item(basket, at)) >= 0 ? 0 : nearest + 1;
            distance[at] = nearest;
        }
        nearest = Integer.MAX_VALUE / 2;
        float each = weight / size;
        for (int at = size - 1; at >= 0; at--) {
            nearest = distance[at] == 0 ? 0 : nearest + 1;
            if (Entries.positive(basket, at)) {
                int apart = Math.min(nearest, distance[at]);
                scores.add(Entries.item(basket, at), each * DISTANCE / (DISTANCE + apart));
            }
        }
    }

    /** The weight that all of the reader's items together give. */
    float most(Taste taste) {
        float most = Float.MIN_NORMAL;
        for (int rank = 0; rank < taste.size(); rank++) {
            most += taste.weight(rank);
        }
        return most;
    }

    private float sourceWeight(Taste taste, int rank) {
        int holders = Math.max(1, holders(taste.items()[rank]));
        return taste.weight(rank) / (float) Math.pow(holders, SOURCE_EXPONENT);
    }

    ItemScores top(IntFloats scores, Taste taste, int limit) {
        int[] own = taste.items().clone();
        Arrays.sort(own);
        TopN top = new TopN(Math.min(limit, scores.size()));
        for (int order = 0; order < scores.size(); order++) {
            int item = scores.key(order);
            if (!items.deleted(item) && Arrays.binarySearch(own, item) < 0) {
                top.offer(item, scores.value(order));
            }
        }
        return ItemScores.drain(top);
    }

    private static Taste of(int item) {
        return new Taste(
                new int[] {item},
                new float[] {1},
                new long[] {0},
                new int[0],
                new int[0],
                new float[0],
                Set.of(),
                Set.of(),
                1);
    }
}
