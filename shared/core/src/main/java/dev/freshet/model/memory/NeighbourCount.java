package dev.freshet.model.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Counts the neighbours of items in one process, to the bit as the batch job {@code neighbours}
 * does. Each item's row is summed by itself over the people who took it, those of the fewest items
 * first, so that a pair's k-th greatest share is that of the k-th of them.
 *
 * <p>Memory: 12 B for each pair of a person and an item, at most {@value #MOST} of them, and 24 B a
 * person, beside the ids; time: twice the pairs within the window. Used once, by one thread.
 */
public final class NeighbourCount {
    /** The most pairs of a person and an item. */
    public static final int MOST = 5_000_000;

    /**
     * The query of what people took, as the lake has it: interactions with items of positive
     * strength that were not taken back, by the person whom an alias belongs to, that of its first
     * merge. Its columns are person, item and taken_at, a number of nanoseconds since 1970.
     */
    public static final String TAKEN =
            "SELECT coalesce(m.merged_into, i.pseudonym) AS person, i.target_id AS item,"
                    + " i.occurred_ns AS taken_at FROM interactions i"
                    + " LEFT JOIN (SELECT pseudonym, merged_into, row_number() OVER"
                    + " (PARTITION BY pseudonym ORDER BY sequence) AS nth FROM merges) m"
                    + " ON m.pseudonym = i.pseudonym AND m.nth = 1"
                    + " WHERE i.retracts IS NULL AND i.target_kind = 'item' AND i.strength > 0"
                    + " AND NOT EXISTS (SELECT 1 FROM interactions r"
                    + " WHERE r.pseudonym = i.pseudonym AND r.retracts = i.event_id)";

    private final PairWeights weights;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();

    /** By person the numbers of items; at the end those of known items, −1 of others. */
    private final List<int[]> baskets = new ArrayList<>();

    private int taken;

    /** Creates a count of nobody. */
    public NeighbourCount(PairWeights weights) {
        this.weights = weights;
    }

    /**
     * Adds a person.
     *
     * @param items distinct ones in the order of the first time, of which the latest are used
     * @return whether there was room
     */
    public boolean add(List<String> items) {
        List<String> latest =
                items.subList(Math.max(0, items.size() - weights.history()), items.size());
        if (taken + latest.size() > MOST) {
            return false;
        }
        taken += latest.size();
        baskets.add(latest.stream().mapToInt(this::number).toArray());
        return true;
    }

    /** Returns the number of items so far. */
    public int items() {
        return ids.size();
    }

    private int number(String id) {
        return numbers.computeIfAbsent(
                id,
                unknown -> {
                    ids.add(unknown);
                    return ids.size() - 1;
                });
    }

    /**
     * Returns the neighbours, in the order of ids.
     *
     * @param done receives the number of items whose neighbours are counted
     */
    public List<ItemNeighbours> nearest(IntConsumer done) {
        baskets.sort(Comparator.comparingInt(basket -> basket.length));
        int[] held = new int[ids.size()];
        baskets.forEach(basket -> Arrays.stream(basket).forEach(item -> held[item]++));
        Map<String, Integer> holders = new HashMap<>();
        for (int item = 0; item < held.length; item++) {
            if (held[item] >= weights.people()) {
                holders.put(ids.get(item), held[item]);
            }
        }
        KnownItems known = KnownItems.of(holders);
        Rows rows = new Rows(known);
        List<ItemNeighbours> all = new ArrayList<>();
        for (int item = 0; item < known.size(); item++) {
            List<ItemNeighbours.Neighbour> nearest = rows.of(item);
            if (!nearest.isEmpty()) {
                all.add(new ItemNeighbours(known.id(item), nearest));
            }
            done.accept(item + 1);
        }
        return all;
    }

    /** The rows of known items, by their numbers. */
    private final class Rows {
        private final KnownItems known;

        /** The positions of each item: a basket in the upper, a place in the lower half. */
        private final long[][] places;

        private final long[] shares;
        private final int[] people;
        private final int[] touched;

        Rows(KnownItems known) {
            this.known = known;
            int[] numberOf = ids.stream().mapToInt(known::number).toArray();
            for (int[] basket : baskets) {
                Arrays.setAll(basket, at -> numberOf[basket[at]]);
            }
            places = new long[known.size()][];
            int[] filled = new int[known.size()];
            for (int item = 0; item < places.length; item++) {
                places[item] = new long[known.holders(item)];
            }
            for (int basket = 0; basket < baskets.size(); basket++) {
                int[] own = baskets.get(basket);
                for (int at = 0; at < own.length; at++) {
                    if (own[at] >= 0) {
                        places[own[at]][filled[own[at]]++] = (long) basket << Integer.SIZE | at;
                    }
                }
            }
            shares = new long[known.size()];
            people = new int[known.size()];
            touched = new int[known.size()];
        }

        List<ItemNeighbours.Neighbour> of(int item) {
            int size = 0;
            for (long place : places[item]) {
                int[] basket = baskets.get((int) (place >>> Integer.SIZE));
                int at = (int) place;
                long share = weights.share(basket.length);
                int end = Math.min(basket.length, at + weights.window() + 1);
                for (int near = Math.max(0, at - weights.window()); near < end; near++) {
                    int other = basket[near];
                    if (other >= 0 && other != item) {
                        if (people[other]++ == 0) {
                            touched[size++] = other;
                        }
                        shares[other] =
                                people[other] <= weights.people()
                                        ? people[other] * share
                                        : shares[other] + share;
                    }
                }
            }
            ItemNeighbours.Nearest nearest =
                    new ItemNeighbours.Nearest(NeighboursFile.most(known.size()));
            IntStream.of(touched).limit(size).forEach(other -> offer(item, other, nearest));
            return nearest.nearest();
        }

        private void offer(int item, int other, ItemNeighbours.Nearest to) {
            if (people[other] >= weights.people()) {
                to.offer(
                        new ItemNeighbours.Neighbour(
                                known.id(other),
                                weights.weight(
                                        shares[other], known.holders(item), known.holders(other)),
                                people[other]));
            }
            people[other] = 0;
            shares[other] = 0;
        }
    }
}
