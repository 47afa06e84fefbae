package dev.freshet.model.sums;

/**
 * What the lists that were drawn by chance say about a shadow, a way to make lists that nobody is
 * shown: sums of weights, and of weighted clicks, by place and bucket of users. The weight of a
 * place is the product of π_shadow/π of the places down to it. 8 KB a place.
 *
 * <p>Weights are summed as whole multiples of 2⁻²⁰, since sums of floating-point numbers would
 * depend on the order of the lists. A weight above {@value #MAX_WEIGHT} counts as that, and is
 * counted as clipped.
 *
 * <p>A {@link Tally} collects what is to be added.
 *
 * @param sums a row of buckets for each column of each place; then by place, squares and largest
 *     weights; then the two counts of lists
 */
public record ShadowSums(SumTable sums) {
    /** Places told apart; those further down are left out. */
    public static final int PLACES = 20;

    /** The largest weight that is summed as it is. */
    public static final int MAX_WEIGHT = 1 << 10;

    private static final int FRACTION_BITS = 20;

    /** The number that stands for a weight of 1. */
    public static final long ONE = 1L << FRACTION_BITS;

    private static final double UNIT = 0x1p20;

    public static final ShadowSums ZERO = new ShadowSums(SumTable.ZERO);

    private static final int SQUARES = PLACES * Column.COUNT;
    private static final int LARGEST = SQUARES + 1;
    private static final int COUNTS = SQUARES + 2;
    private static final int ROWS = SQUARES + 3;
    private static final int CLIPPED = 0;
    private static final int LEFT_OUT = 1;

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

    /** Returns the number of places that any list has, at most {@value #PLACES}. */
    public int places() {
        return Math.ceilDiv(sums.filled(SQUARES), Column.COUNT);
    }

    /** Returns the sum of a bucket at a place. */
    public long get(int place, Column column, int bucket) {
        return sums.get(row(place, column), bucket);
    }

    /**
     * Returns a column by bucket.
     *
     * @param place from 0, less than {@link #places}
     */
    public long[] column(int place, Column column) {
        return sums.row(row(place, column), BucketSums.BUCKETS);
    }

    /** Returns the sum of the squared weights of a place, in units of 1 / {@link #ONE}. */
    public long squares(int place) {
        return sums.get(SQUARES, place);
    }

    /** Returns the largest weight of a place, in units of 1 / {@link #ONE}. */
    public long largest(int place) {
        return sums.get(LARGEST, place);
    }

    /** Returns the number of places of lists whose weight was above {@value #MAX_WEIGHT}. */
    public long clipped() {
        return sums.get(COUNTS, CLIPPED);
    }

    /**
     * Returns the number of lists that say nothing about the shadow: drawn by no chance, or shown
     * by the page with other places than the first ones.
     */
    public long leftOut() {
        return sums.get(COUNTS, LEFT_OUT);
    }

    /** Returns a tally that begins with these sums. */
    public Tally tally() {
        return new Tally(sums.draft(ROWS, BucketSums.BUCKETS));
    }

    private static int row(int place, Column column) {
        return place * Column.COUNT + column.at;
    }

    /** Additions to sums; not for several threads. */
    public record Tally(SumTable.Draft draft) {
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
                draft.add(COUNTS, CLIPPED, isClipped(logWeights[place]) ? 1 : 0);
                add(place, Column.LISTS, bucket, 1);
                add(place, Column.WEIGHTS, bucket, weight);
                add(place, (weight * weight) >> FRACTION_BITS, weight);
            }
        }

        /** Adds a list that says nothing about the shadow. */
        public void leftOut() {
            draft.add(COUNTS, LEFT_OUT, 1);
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
        void add(int place, Column column, int bucket, long amount) {
            draft.add(row(place, column), bucket, amount);
        }

        /** Adds to the squares of a place's weights, of which one is perhaps the largest. */
        void add(int place, long moreSquares, long weight) {
            draft.add(SQUARES, place, moreSquares);
            draft.add(LARGEST, place, Math.max(0, weight - draft.get(LARGEST, place)));
        }

        /** Adds counts of stored sums. */
        void add(long moreClipped, long moreLeftOut) {
            draft.add(COUNTS, CLIPPED, moreClipped);
            draft.add(COUNTS, LEFT_OUT, moreLeftOut);
        }

        /** Returns the sums with all additions up to now. */
        public ShadowSums sums() {
            return new ShadowSums(draft.seal());
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
