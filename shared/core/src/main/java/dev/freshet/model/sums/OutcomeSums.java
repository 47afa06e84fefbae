package dev.freshet.model.sums;

import dev.freshet.example.Pseudonym;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

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

    /**
     * Buckets of users, by which the lists and the clicked lists are summed too. All lists of one
     * user are in one bucket, so that an interval computed over buckets holds although one user's
     * lists are alike.
     */
    public static final int BUCKETS = 64;

    /** The parts of which sums are kept: the sources, then the positions. */
    public static final int PARTS = SOURCES + POSITIONS;

    private static final int BUCKET_SHIFT = Long.SIZE - 6;
    private static final OutcomeCount[] BROKEN_DOWN = {
        OutcomeCount.PLACES, OutcomeCount.CLICKS, OutcomeCount.CONVERSIONS
    };

    // The layout of the sums: counts, lists and clicked lists by bucket, then counts of parts.
    private static final int BUCKET_LISTS = OutcomeCount.values().length;
    private static final int BUCKET_CLICKED = BUCKET_LISTS + BUCKETS;
    private static final int OF_PARTS = BUCKET_CLICKED + BUCKETS;
    private static final int SIZE = OF_PARTS + PARTS * BROKEN_DOWN.length;

    /** The cells of the buckets of parts: places and clicks of each. 18 KB. */
    private static final int PART_CELLS = PARTS * BUCKETS * 2;

    private static final int[] NO_PART_BUCKETS = {};

    /** Sums of nothing. */
    public static final OutcomeSums NONE =
            new OutcomeSums(new long[SIZE], NO_PART_BUCKETS, new TreeMap<>());

    /** Sums of nothing, with buckets of their parts. */
    public static final OutcomeSums NONE_WITH_PART_BUCKETS =
            new OutcomeSums(new long[SIZE], new int[PART_CELLS], new TreeMap<>());

    /**
     * The counts of a day, placement and arm. Their order is part of the format of snapshots; a new
     * one is appended.
     */
    public enum OutcomeCount {
        /** Lists whose impression arrived. */
        LISTS,
        /** Places of these lists that the page showed. */
        PLACES,
        /** Places whose item was drawn. */
        EXPLORED,
        /** Lists with a click within the click window. */
        LISTS_CLICKED,
        /** Clicks within the click window, on lists whose impression arrived. */
        CLICKS,
        /** Clicks after the click window, on lists whose impression arrived. */
        LATE_CLICKS,
        /** Clicks on lists whose impression has not arrived. */
        UNSEEN_CLICKS,
        /** Conversions, less those that were taken back. */
        CONVERSIONS,
        /** Items hidden or disliked, less those that were taken back. */
        HIDES
    }

    private final long[] sums;
    private final int[] partBuckets;
    private final SortedMap<String, Long> revenue;

    private OutcomeSums(long[] sums, int[] partBuckets, SortedMap<String, Long> revenue) {
        this.sums = sums;
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
        return Arrays.stream(sums, BUCKET_LISTS, BUCKET_CLICKED).filter(lists -> lists > 0).count()
                >= least;
    }

    /** Returns the lists of a bucket of users whose impression arrived. */
    public long listsOf(int bucket) {
        return sums[BUCKET_LISTS + bucket];
    }

    /** Returns the lists of a bucket of users with a click within the click window. */
    public long listsClickedOf(int bucket) {
        return sums[BUCKET_CLICKED + bucket];
    }

    /** Returns the part of a source. */
    public static int partOfSource(int source) {
        return source;
    }

    /** Returns the part of a position. */
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
        return hasPartBuckets() ? new OutcomeSums(sums, NO_PART_BUCKETS, revenue) : this;
    }

    /** Returns a count. */
    public long get(OutcomeCount count) {
        return sums[count.ordinal()];
    }

    /**
     * Returns a count of a part. An item counts for each of its sources.
     *
     * @param count places, clicks or conversions
     */
    public long ofPart(int part, OutcomeCount count) {
        return sums.length == SIZE ? sums[at(part, count)] : 0;
    }

    /** Returns the sums of a part, whose buckets are of its places and the clicks on them. */
    public OutcomeSums part(int part) {
        Draft of = NONE.draft();
        for (OutcomeCount count : BROKEN_DOWN) {
            of.add(count, ofPart(part, count));
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            of.addOfBucket(bucket, placesOfPart(part, bucket), clicksOfPart(part, bucket));
        }
        return of.seal();
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

    private static int at(int part, OutcomeCount count) {
        for (int column = 0; column < BROKEN_DOWN.length; column++) {
            if (BROKEN_DOWN[column] == count) {
                return OF_PARTS + part * BROKEN_DOWN.length + column;
            }
        }
        throw new IllegalArgumentException(count + " is not counted by source and position");
    }

    /** Returns the counts that are kept of parts, in the order of their storage. */
    public static OutcomeCount[] brokenDown() {
        return BROKEN_DOWN.clone();
    }

    /** Returns a mutable copy. */
    public Draft draft() {
        return new Draft(Arrays.copyOf(sums, SIZE), partBuckets.clone(), revenue);
    }

    /** Returns a mutable copy that counts nothing by source and position. */
    public Draft totalsDraft() {
        return new Draft(Arrays.copyOf(sums, OF_PARTS), NO_PART_BUCKETS, revenue);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutcomeSums that
                && Arrays.equals(sums, that.sums)
                && Arrays.equals(partBuckets, that.partBuckets)
                && revenue.equals(that.revenue);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sums) + revenue.hashCode();
    }

    @Override
    public String toString() {
        return "OutcomeSums" + Arrays.toString(Arrays.copyOf(sums, BUCKET_LISTS)) + revenue;
    }

    /** Sums that are being added to. */
    public static final class Draft {
        private final long[] sums;
        private final int[] partBuckets;
        private final TreeMap<String, Long> revenue;

        private Draft(long[] sums, int[] partBuckets, Map<String, Long> revenue) {
            this.sums = sums;
            this.partBuckets = partBuckets;
            this.revenue = new TreeMap<>(revenue);
        }

        /** Adds to a count. */
        public Draft add(OutcomeCount count, long number) {
            sums[count.ordinal()] += number;
            return this;
        }

        /** Adds to a count of a part; nothing where parts are not summed. */
        public Draft addOfPart(int part, OutcomeCount count, long number) {
            if (sums.length == SIZE) {
                sums[at(part, count)] += number;
            }
            return this;
        }

        /** Adds to a count as a whole, for each source, and for the position. */
        void addAt(OutcomeCount count, int position, int sources, long number) {
            add(count, number);
            if (sums.length == SIZE) {
                forEachPart(position, sources, part -> addOfPart(part, count, number));
            }
        }

        /** Adds places and clicks to those of a bucket of users, for each source and position. */
        void addAtOfBucket(int bucket, int position, int sources, int places, int clicks) {
            if (partBuckets.length > 0) {
                forEachPart(position, sources, part -> addOfPart(part, bucket, places, clicks));
            }
        }

        private static void forEachPart(int position, int sources, IntConsumer add) {
            if (position >= 0 && position < POSITIONS) {
                add.accept(partOfPosition(position));
            }
            for (int source = 0; source < SOURCES; source++) {
                if ((sources >>> source & 1) == 1) {
                    add.accept(partOfSource(source));
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
            sums[BUCKET_LISTS + bucket] += lists;
            sums[BUCKET_CLICKED + bucket] += clicked;
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
            for (int at = 0; at < Math.min(sums.length, other.sums.length); at++) {
                sums[at] += other.sums[at];
            }
            other.revenue.forEach(this::addRevenue);
            return this;
        }

        /** Returns the sums; this draft is not used any more. */
        public OutcomeSums seal() {
            return new OutcomeSums(sums, partBuckets, Collections.unmodifiableSortedMap(revenue));
        }
    }
}
