package dev.freshet.model.outcome;

import dev.freshet.example.Pseudonym;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sums of one day, placement and arm, as an immutable value of ≈ 2 KB; with buckets of its
 * parts ({@link #hasPartBuckets}) 20 KB, and without parts, as hours have them, 1.3 KB. Sums of
 * counts, and of money as whole numbers, do not depend on the order of what is added.
 */
@SuppressWarnings("EnumOrdinal") // the order is part of the format
public final class OutcomeSums {
    /** Sources told apart: one for each bit of a token. */
    public static final int SOURCES = 16;

    /** Positions told apart; those further down count in the totals only. */
    public static final int POSITIONS = 20;

    /** Most currencies of one sum of revenue; revenue in further ones is left out. */
    public static final int MAX_CURRENCIES = 4;

    /** What is counted for each source and position: places, clicks, conversions. */
    public static final int BY = 3;

    /**
     * Buckets of users, by which the lists and the clicked lists are summed too. All lists of one
     * user are in one bucket, so that an interval computed over buckets holds although one user's
     * lists are alike.
     */
    public static final int BUCKETS = 64;

    /** The parts of which buckets may be kept: the sources, then the positions. */
    public static final int PARTS = SOURCES + POSITIONS;

    private static final int BUCKET_SHIFT = Long.SIZE - 6;

    /** The cells of the buckets of parts: places and clicks of each. 18 KB. */
    private static final int PART_CELLS = PARTS * BUCKETS * 2;

    private static final int[] NO_PART_BUCKETS = {};

    /** Sums of nothing. */
    public static final OutcomeSums NONE =
            new OutcomeSums(
                    new long[OutcomeCount.values().length],
                    new long[SOURCES * BY],
                    new long[POSITIONS * BY],
                    new long[BUCKETS],
                    new long[BUCKETS],
                    NO_PART_BUCKETS,
                    new TreeMap<>());

    private static final OutcomeCount[] BROKEN_DOWN = {
        OutcomeCount.PLACES, OutcomeCount.CLICKS, OutcomeCount.CONVERSIONS
    };

    private final long[] counts;
    private final long[] bySource;
    private final long[] byPosition;
    private final long[] bucketLists;
    private final long[] bucketClicked;
    private final int[] partBuckets;
    private final SortedMap<String, Long> revenue;

    private OutcomeSums(
            long[] counts,
            long[] bySource,
            long[] byPosition,
            long[] bucketLists,
            long[] bucketClicked,
            int[] partBuckets,
            SortedMap<String, Long> revenue) {
        this.counts = counts;
        this.bySource = bySource;
        this.byPosition = byPosition;
        this.bucketLists = bucketLists;
        this.bucketClicked = bucketClicked;
        this.partBuckets = partBuckets;
        this.revenue = revenue;
    }

    /** Returns the bucket of a user, from 0: the first bits of the pseudonym, which is a hash. */
    public static int bucket(Pseudonym user) {
        return (int) (user.bits() >>> BUCKET_SHIFT);
    }

    /**
     * Returns whether the lists are of at least this many users: as many buckets have one. Users
     * share buckets, so of few more than that many this is not known, and false.
     */
    public boolean isOfUsers(int least) {
        return Arrays.stream(bucketLists).filter(lists -> lists > 0).count() >= least;
    }

    /** Returns the lists of a bucket of users whose impression arrived. */
    public long listsOf(int bucket) {
        return bucketLists[bucket];
    }

    /** Returns the lists of a bucket of users with a click within the click window. */
    public long listsClickedOf(int bucket) {
        return bucketClicked[bucket];
    }

    /** Returns the part of a source, for {@link #placesOfPart}. */
    public static int partOfSource(int source) {
        return source;
    }

    /** Returns the part of a position, for {@link #placesOfPart}. */
    public static int partOfPosition(int position) {
        return SOURCES + position;
    }

    /** Returns whether places and clicks of each part are also summed by buckets of users. */
    public boolean hasPartBuckets() {
        return partBuckets.length > 0;
    }

    /** Returns the places of a part that a bucket of users was shown; 0 without such buckets. */
    public int placesOfPart(int part, int bucket) {
        return hasPartBuckets() ? partBuckets[cell(part, bucket)] : 0;
    }

    /** Returns the clicks on a part by a bucket of users; 0 without such buckets. */
    public int clicksOfPart(int part, int bucket) {
        return hasPartBuckets() ? partBuckets[cell(part, bucket) + 1] : 0;
    }

    private static int cell(int part, int bucket) {
        return (part * BUCKETS + bucket) * 2;
    }

    /** Returns these sums without the buckets of their parts. */
    public OutcomeSums withoutPartBuckets() {
        return hasPartBuckets()
                ? new OutcomeSums(
                        counts,
                        bySource,
                        byPosition,
                        bucketLists,
                        bucketClicked,
                        NO_PART_BUCKETS,
                        revenue)
                : this;
    }

    /** Returns a count. */
    public long get(OutcomeCount count) {
        return counts[count.ordinal()];
    }

    /**
     * Returns a count of items that a source found. An item counts for each of its sources.
     *
     * @param count places, clicks or conversions
     */
    public long ofSource(int source, OutcomeCount count) {
        return bySource[source * BY + column(count)];
    }

    /**
     * Returns a count of a position.
     *
     * @param count places, clicks or conversions
     */
    public long ofPosition(int position, OutcomeCount count) {
        return byPosition[position * BY + column(count)];
    }

    /** Returns revenue by currency, in 1/10,000 of its unit. */
    public SortedMap<String, Long> revenue() {
        return revenue;
    }

    /** Returns whether all of it is zero. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Returns the sums of both, without the buckets of their parts. */
    public OutcomeSums plus(OutcomeSums other) {
        return withoutPartBuckets().draft().add(other).seal();
    }

    private static int column(OutcomeCount count) {
        for (int column = 0; column < BY; column++) {
            if (BROKEN_DOWN[column] == count) {
                return column;
            }
        }
        throw new IllegalArgumentException(count + " is not told by source and position");
    }

    /** Returns the counts that are told by source and position, in the order of their storage. */
    public static OutcomeCount[] brokenDown() {
        return BROKEN_DOWN.clone();
    }

    /** Returns a mutable copy. */
    public Draft draft() {
        return new Draft(this, partBuckets.clone(), true);
    }

    /** Returns a mutable copy that counts nothing by source and position. */
    Draft totalsDraft() {
        return new Draft(this, NO_PART_BUCKETS, false);
    }

    /** Returns mutable sums of nothing, with buckets of their parts. */
    public static Draft draftWithPartBuckets() {
        return new Draft(NONE, new int[PART_CELLS], true);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutcomeSums sums
                && Arrays.equals(counts, sums.counts)
                && Arrays.equals(bySource, sums.bySource)
                && Arrays.equals(byPosition, sums.byPosition)
                && Arrays.equals(bucketLists, sums.bucketLists)
                && Arrays.equals(bucketClicked, sums.bucketClicked)
                && Arrays.equals(partBuckets, sums.partBuckets)
                && revenue.equals(sums.revenue);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + revenue.hashCode();
    }

    @Override
    public String toString() {
        return "OutcomeSums" + Arrays.toString(counts) + revenue;
    }

    /** Sums that are being added to. */
    public static final class Draft {
        private final long[] counts;
        private final long[] bySource;
        private final long[] byPosition;
        private final long[] bucketLists;
        private final long[] bucketClicked;
        private final int[] partBuckets;
        private final TreeMap<String, Long> revenue;
        private final boolean hasParts;

        private Draft(OutcomeSums from, int[] partBuckets, boolean hasParts) {
            this.partBuckets = partBuckets;
            this.hasParts = hasParts;
            counts = from.counts.clone();
            bySource = hasParts ? from.bySource.clone() : NONE.bySource;
            byPosition = hasParts ? from.byPosition.clone() : NONE.byPosition;
            bucketLists = from.bucketLists.clone();
            bucketClicked = from.bucketClicked.clone();
            revenue = new TreeMap<>(from.revenue);
        }

        /** Adds to a count. */
        public Draft add(OutcomeCount count, long number) {
            counts[count.ordinal()] += number;
            return this;
        }

        /** Adds to a count of a source. */
        public Draft addOfSource(int source, OutcomeCount count, long number) {
            bySource[source * BY + column(count)] += number;
            return this;
        }

        /** Adds to a count of a position; of one beyond the bound nothing is added. */
        public Draft addOfPosition(int position, OutcomeCount count, long number) {
            if (position >= 0 && position < POSITIONS) {
                byPosition[position * BY + column(count)] += number;
            }
            return this;
        }

        /** Adds to a count as a whole, for each source, and for the position. */
        void addAt(OutcomeCount count, int position, int sources, long number) {
            add(count, number);
            if (!hasParts) {
                return;
            }
            addOfPosition(position, count, number);
            for (int source = 0; source < SOURCES; source++) {
                if ((sources >>> source & 1) == 1) {
                    addOfSource(source, count, number);
                }
            }
        }

        /** Adds places and clicks to those of a bucket of users, for each source and position. */
        void addAtOfBucket(int bucket, int position, int sources, int places, int clicks) {
            if (partBuckets.length == 0) {
                return;
            }
            if (position >= 0 && position < POSITIONS) {
                addOfPart(partOfPosition(position), bucket, places, clicks);
            }
            for (int source = 0; source < SOURCES; source++) {
                if ((sources >>> source & 1) == 1) {
                    addOfPart(partOfSource(source), bucket, places, clicks);
                }
            }
        }

        /**
         * Adds to the places and clicks of a part by a bucket of users.
         *
         * @throws IllegalStateException if the sums have no such buckets
         */
        public Draft addOfPart(int part, int bucket, int places, int clicks) {
            if (partBuckets.length == 0) {
                throw new IllegalStateException("the sums have no buckets of their parts");
            }
            int cell = cell(part, bucket);
            partBuckets[cell] += places;
            partBuckets[cell + 1] += clicks;
            return this;
        }

        /** Adds to the lists, and to the clicked lists, of a bucket of users. */
        public Draft addOfBucket(int bucket, long lists, long clicked) {
            bucketLists[bucket] += lists;
            bucketClicked[bucket] += clicked;
            return this;
        }

        /** Adds revenue in 1/10,000 of a currency's unit. */
        public Draft addRevenue(String currency, long amount) {
            if (revenue.containsKey(currency) || revenue.size() < MAX_CURRENCIES) {
                revenue.merge(currency, amount, Long::sum);
            }
            return this;
        }

        /** Adds sums, without the buckets of their parts. */
        public Draft add(OutcomeSums other) {
            for (int at = 0; at < counts.length; at++) {
                counts[at] += other.counts[at];
            }
            for (int at = 0; at < bySource.length; at++) {
                bySource[at] += other.bySource[at];
            }
            for (int at = 0; at < byPosition.length; at++) {
                byPosition[at] += other.byPosition[at];
            }
            for (int at = 0; at < BUCKETS; at++) {
                addOfBucket(at, other.bucketLists[at], other.bucketClicked[at]);
            }
            other.revenue.forEach(this::addRevenue);
            return this;
        }

        /** Returns the sums; this draft is not used any more. */
        public OutcomeSums seal() {
            return new OutcomeSums(
                    counts,
                    bySource,
                    byPosition,
                    bucketLists,
                    bucketClicked,
                    partBuckets,
                    Collections.unmodifiableSortedMap(revenue));
        }
    }
}
