package dev.freshet.model.sums;

import java.util.Arrays;

/**
 * What the lists that were drawn by chance say about a shadow, a way to make lists that nobody is
 * shown: sums of weights, and of weighted clicks, by place and bucket of users. The weight of a
 * place is the product of π_shadow/π of the places down to it. 8 KB a place.
 *
 * <p>Weights are summed as whole multiples of 2⁻²⁰, since sums of floating-point numbers would
 * depend on the order of the lists. A weight above {@value #MAX_WEIGHT} counts as that, and is
 * counted as clipped.
 *
 * <p>Immutable; a {@link Tally} collects what is to be added.
 */
public final class ShadowSums {
    /** Places told apart; those further down are left out. */
    public static final int PLACES = 20;

    /** The largest weight that is summed as it is. */
    public static final int MAX_WEIGHT = 1 << 10;

    private static final int FRACTION_BITS = 20;

    /** The number that stands for a weight of 1. */
    public static final long ONE = 1L << FRACTION_BITS;

    private static final double UNIT = 0x1p20;

    public static final ShadowSums ZERO =
            new ShadowSums(new long[0], new long[PLACES], new long[PLACES], 0, 0);

    /** What is summed by place and bucket. */
    public enum Column {
        /** Lists that have the place. */
        LISTS(0),
        /** Their weights, in units of 1 / {@link #ONE}. */
        WEIGHTS(1),
        /** Clicks. */
        CLICKS(2),
        /** Clicks times the weights of their lists, in units of 1 / {@link #ONE}. */
        WEIGHTED_CLICKS(3);

        static final int COUNT = values().length;

        private final int at;

        Column(int at) {
            this.at = at;
        }
    }

    /** Of as many places as the longest list, at most {@value #PLACES}. */
    private final long[] sums;

    private final long[] squares;
    private final long[] largest;
    private final long clipped;
    private final long leftOut;

    private ShadowSums(long[] sums, long[] squares, long[] largest, long clipped, long leftOut) {
        this.sums = sums;
        this.squares = squares;
        this.largest = largest;
        this.clipped = clipped;
        this.leftOut = leftOut;
    }

    /** Returns the number of places that any list has, at most {@value #PLACES}. */
    public int places() {
        return sums.length / (Column.COUNT * BucketSums.BUCKETS);
    }

    /** Returns the sum of a bucket at a place. */
    public long get(int place, Column column, int bucket) {
        return sums[index(place, column, bucket)];
    }

    /**
     * Returns a column by bucket.
     *
     * @param place from 0, less than {@link #places}
     */
    public long[] column(int place, Column column) {
        int from = index(place, column, 0);
        return Arrays.copyOfRange(sums, from, from + BucketSums.BUCKETS);
    }

    /** Returns the sum of the squared weights of a place, in units of 1 / {@link #ONE}. */
    public long squares(int place) {
        return squares[place];
    }

    /** Returns the largest weight of a place, in units of 1 / {@link #ONE}. */
    public long largest(int place) {
        return largest[place];
    }

    /** Returns the number of places of lists whose weight was above {@value #MAX_WEIGHT}. */
    public long clipped() {
        return clipped;
    }

    /**
     * Returns the number of lists that say nothing about the shadow: drawn by no chance, or shown
     * by the page with other places than the first ones.
     */
    public long leftOut() {
        return leftOut;
    }

    /** Returns a tally that begins with these sums. */
    public Tally tally() {
        return new Tally(this);
    }

    private static int index(int place, Column column, int bucket) {
        return (place * Column.COUNT + column.at) * BucketSums.BUCKETS + bucket;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShadowSums that
                && Arrays.equals(sums, that.sums)
                && Arrays.equals(squares, that.squares)
                && Arrays.equals(largest, that.largest)
                && clipped == that.clipped
                && leftOut == that.leftOut;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    /** Additions to sums; not for several threads. */
    public static final class Tally {
        private long[] sums;
        private final long[] squares;
        private final long[] largest;
        private long clipped;
        private long leftOut;

        private Tally(ShadowSums from) {
            sums = from.sums.clone();
            squares = from.squares.clone();
            largest = from.largest.clone();
            clipped = from.clipped;
            leftOut = from.leftOut;
        }

        /**
         * Adds a list.
         *
         * @param bucket 0 to {@value BucketSums#BUCKETS} − 1
         * @param logWeights of the places that the page showed, from the top: the logarithm of each
         *     place's weight
         */
        public void shown(int bucket, double[] logWeights) {
            for (int place = 0; place < Math.min(PLACES, logWeights.length); place++) {
                long weight = weight(logWeights[place]);
                clipped += isClipped(logWeights[place]) ? 1 : 0;
                add(place, Column.LISTS, bucket, 1);
                add(place, Column.WEIGHTS, bucket, weight);
                squares[place] += (weight * weight) >> FRACTION_BITS;
                largest[place] = Math.max(largest[place], weight);
            }
        }

        /** Adds a list that says nothing about the shadow. */
        public void leftOut() {
            leftOut++;
        }

        /**
         * Adds a click on a list that was added by {@link #shown}, or will be.
         *
         * @param place from 0; one beyond the bound is left out
         * @param logWeight of the place in that list
         */
        public void clicked(int bucket, int place, double logWeight) {
            if (place < PLACES) {
                add(place, Column.CLICKS, bucket, 1);
                add(place, Column.WEIGHTED_CLICKS, bucket, weight(logWeight));
            }
        }

        /** Adds to a column. */
        public void add(int place, Column column, int bucket, long amount) {
            int length = (place + 1) * Column.COUNT * BucketSums.BUCKETS;
            if (length > sums.length) {
                sums = Arrays.copyOf(sums, length);
            }
            sums[index(place, column, bucket)] += amount;
        }

        /** Adds what else is known of a place: of stored sums. */
        public void add(int place, long moreSquares, long otherLargest) {
            squares[place] += moreSquares;
            largest[place] = Math.max(largest[place], otherLargest);
        }

        /** Adds counts of stored sums. */
        public void add(long moreClipped, long moreLeftOut) {
            clipped += moreClipped;
            leftOut += moreLeftOut;
        }

        /** Returns the sums with all additions up to now. */
        public ShadowSums sums() {
            return new ShadowSums(sums.clone(), squares.clone(), largest.clone(), clipped, leftOut);
        }

        private static boolean isClipped(double logWeight) {
            return StrictMath.exp(logWeight) > MAX_WEIGHT;
        }

        /** Returns a weight as a multiple of 2⁻²⁰. */
        private static long weight(double logWeight) {
            return Math.round(Math.min(MAX_WEIGHT, StrictMath.exp(logWeight)) * UNIT);
        }
    }
}
