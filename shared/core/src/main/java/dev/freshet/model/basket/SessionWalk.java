package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Ints;

/**
 * Steps of a random walk from the items of the current session over pairs of items that at least k
 * people took up near each other, computed at query time from an index of baskets. From an item the
 * walk goes to one that its latest holders took up within {@value #WIDTH} items of it: the more
 * likely, the more of them did, the nearer, the later, and the fewer items they hold. Its second
 * step, from the {@value #HUBS} likeliest items, finds what goes with the session though too few
 * people took it up together with one of the session's items.
 *
 * <p>Cost: a step from an item reads at most 200 baskets, of each at most 2 × {@value #WIDTH}
 * entries, unless it is known from before ({@link HolderLists}). At most {@link
 * SessionNeighbours#ITEMS} + {@value #HUBS} are made.
 *
 * <p>After RP3 (Paudel, Christoffel, Newell, Bernstein, "Updatable, accurate, diverse, and scalable
 * recommendations for interactive applications", 2017).
 *
 * @param items of the model
 * @param baskets that are read
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record SessionWalk(ItemTable items, Baskets baskets, int k) {
    /** The number of items that the second step is taken from. */
    public static final int HUBS = 50;

    /** The number of entries read on either side of an item. */
    public static final int WIDTH = 10;

    /** Seconds before the latest holder at which an earlier one counts half as much. */
    private static final float HALF_AGE = 30 * ModelTime.SECONDS_PER_DAY;

    /** Entries away at which the likelihood of a step is divided by e. */
    private static final double DISTANCE_DECAY = 3.62;

    private static final float[] DISTANCE = new float[WIDTH + 1];

    static {
        for (int apart = 0; apart <= WIDTH; apart++) {
            DISTANCE[apart] = (float) StrictMath.exp(-apart / DISTANCE_DECAY);
        }
    }

    /**
     * Returns how likely a step leads to each item. Those of the session and deleted ones are among
     * them.
     *
     * @param from where the step is taken from, with the likelihood of being there
     */
    public IntFloats step(ItemScores from) {
        BasketScratch scratch = BasketScratch.acquire(items.size(), baskets.keys().size());
        for (int at = 0; at < from.size(); at++) {
            if (from.score(at) > 0) {
                steps(from.item(at), scratch).addTo(scratch.scores, from.score(at));
            }
        }
        IntFloats scores = BasketScratch.drain(scratch.scores, Ints.EMPTY, BasketTables.Powers.ONE);
        scratch.release();
        return scores;
    }

    /** How likely each step from an item is; a class of its own among {@link HolderLists}. */
    private record Steps(SupportCounts.KAnonymousSums likelihoods) implements HolderLists.Sized {
        @Override
        public int numbers() {
            return likelihoods.numbers();
        }
    }

    private SupportCounts.KAnonymousSums steps(int item, BasketScratch scratch) {
        BasketScratch.OpenedBaskets holders = scratch.opened;
        holders.open(baskets, baskets.postings(item), Integer.MAX_VALUE);
        return HolderLists.SHARED.get(
                        new HolderLists.Key(Steps.class, item, null, k),
                        baskets,
                        holders,
                        () -> new Steps(read(item, holders, scratch.supported)))
                .likelihoods;
    }

    private SupportCounts.KAnonymousSums read(
            int item, BasketScratch.OpenedBaskets holders, SupportCounts beside) {
        int[] places = new int[holders.size()];
        int latest = ModelTime.NEVER;
        for (int number = 0; number < places.length; number++) {
            int[] basket = holders.get(number);
            places[number] = BasketEntries.find(basket, item);
            latest = Math.max(latest, BasketEntries.lastInteractionAt(basket, places[number]));
        }
        for (int number = 0; number < places.length; number++) {
            int[] basket = holders.get(number);
            int place = places[number];
            int at = BasketEntries.lastInteractionAt(basket, place);
            int size = BasketEntries.size(basket);
            float weight =
                    RecentCoOccurrence.rootShare(size) * (HALF_AGE / (HALF_AGE + (latest - at)));
            int end = Math.min(size, place + WIDTH + 1);
            for (int other = Math.max(0, place - WIDTH); other < end; other++) {
                if (other != place && BasketEntries.positive(basket, other)) {
                    beside.add(
                            BasketEntries.item(basket, other),
                            weight * DISTANCE[Math.abs(other - place)]);
                }
            }
        }
        return beside.release(k, 1).shares();
    }
}
