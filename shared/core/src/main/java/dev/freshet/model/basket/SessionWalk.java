package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Ints;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A random walk from the items of the current session over pairs of items that at least k people
 * took up near each other, computed at query time from an index of baskets.
 *
 * <ol>
 *   <li>The walk starts at an item of the session, the less likely, the further it is from the last
 *       one: divided by e every {@value #POSITION_DECAY} items, and halved after half an hour.
 *   <li>From an item it goes to one that its latest holders took up within {@value #WIDTH} items of
 *       it: the more likely, the more of them did, the nearer, the later, and the fewer items they
 *       hold. Holders count in groups of k ({@link SupportCounts}).
 *   <li>The second step is taken from the {@value #HUBS} likeliest items. It finds what goes with
 *       the session though too few people took it up together with one of the session's items.
 * </ol>
 *
 * <p>Cost: a step from an item reads at most 200 baskets, of each at most 2 × {@value #WIDTH}
 * entries, unless the step is known from before ({@link HolderLists}). At most {@value #ITEMS} +
 * {@value #HUBS} are made.
 *
 * <p>After RP3 (Paudel, Christoffel, Newell, Bernstein, "Updatable, accurate, diverse, and scalable
 * recommendations for interactive applications", 2017) and, for the weights, VSTAN (Ludewig, Mauro,
 * Latifi, Jannach, "Empirical analysis of session-based recommendation algorithms", 2021).
 *
 * @param items of the model
 * @param baskets that are read
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record SessionWalk(ItemTable items, Baskets baskets, int k) {
    /** The number of the session's latest items that the walk starts from. */
    public static final int ITEMS = 20;

    /** The number of items that the second step is taken from. */
    public static final int HUBS = 50;

    /** The number of entries read on either side of an item. */
    public static final int WIDTH = 10;

    private static final float HALF_SECONDS = 1_800;

    /** Seconds before the latest holder at which an earlier one counts half as much. */
    private static final float HALF_AGE = 30 * ModelTime.SECONDS_PER_DAY;

    /** Items back at which the likelihood of a start is divided by e. */
    private static final double POSITION_DECAY = 1.81;

    /** Entries away at which the likelihood of a step is divided by e. */
    private static final double DISTANCE_DECAY = 3.62;

    private static final float[] POSITION = new float[ITEMS];
    private static final float[] DISTANCE = new float[WIDTH + 1];

    static {
        for (int rank = 0; rank < ITEMS; rank++) {
            POSITION[rank] = (float) StrictMath.exp(-rank / POSITION_DECAY);
        }
        for (int apart = 0; apart <= WIDTH; apart++) {
            DISTANCE[apart] = (float) StrictMath.exp(-apart / DISTANCE_DECAY);
        }
    }

    /**
     * Returns the items that the walk starts from, newest first, with their likelihood, which sums
     * to 1.
     *
     * @param ranks of the session's items among those of the user, newest first, at least one;
     *     those beyond {@value #ITEMS} are left out
     */
    public ItemScores starts(Preferences preferences, int[] ranks) {
        int size = Math.min(ITEMS, ranks.length);
        int[] session = new int[size];
        long[] times = new long[size];
        for (int at = 0; at < size; at++) {
            session[at] = preferences.items()[ranks[at]];
            times[at] = preferences.epochSeconds()[ranks[at]];
        }
        return new ItemScores(session, likelihoods(times));
    }

    /**
     * Returns the likelihoods of {@link #starts} if one action were removed, in the order of the
     * items with it; that of its item is 0 if nothing else remains of it.
     *
     * @param ranks as for {@link #starts}
     * @return empty where they do not change
     */
    public float[] startsWithout(Preferences preferences, int[] ranks, Ablation ablation) {
        int size = Math.min(ITEMS, ranks.length);
        int without = Arrays.binarySearch(ranks, 0, size, ablation.rank());
        if (without < 0
                || (!ablation.isRemoval()
                        && ablation.lastInteractionAt()
                                == preferences.epochSeconds()[ablation.rank()])) {
            return new float[0];
        }
        long[] left = new long[size];
        for (int at = 0; at < size; at++) {
            left[at] = preferences.epochSeconds()[ranks[at]];
        }
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
        float[] moved = likelihoods(IntStream.of(order).mapToLong(at -> left[at]).toArray());
        float[] likelihoods = new float[size];
        for (int at = 0; at < order.length; at++) {
            likelihoods[order[at]] = moved[at];
        }
        return likelihoods;
    }

    /** Returns the likelihoods of starts by when they were taken up, newest first. */
    private static float[] likelihoods(long[] times) {
        float[] likelihoods = new float[times.length];
        float sum = 0;
        for (int at = 0; at < likelihoods.length; at++) {
            float seconds = Math.max(0, times[0] - times[at]);
            likelihoods[at] = POSITION[at] * (HALF_SECONDS / (HALF_SECONDS + seconds));
            sum += likelihoods[at];
        }
        for (int at = 0; at < likelihoods.length; at++) {
            likelihoods[at] /= sum;
        }
        return likelihoods;
    }

    /**
     * Returns how likely a step leads to each item. Those of the session and deleted ones are among
     * them.
     *
     * @param from where the step is taken from, with the likelihood of being there
     */
    public IntFloats step(ItemScores from) {
        BasketScratch scratch = BasketScratch.acquire(items.size(), k);
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
        holders.open(baskets, baskets.postings(item));
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
                    beside.addPair(
                            basket, place, other, weight * DISTANCE[Math.abs(other - place)]);
                }
            }
        }
        return beside.release(1).shares();
    }
}
