package dev.freshet.model.sums;

import java.util.Arrays;

/**
 * What the users of one arm did: sums of eight columns over {@value #BUCKETS} buckets of users, 16
 * KB; for the users of a group, over {@value #GROUP_BUCKETS}, 2 KB. Sums of disjoint parts of the
 * users' acts are added by {@link #plus} in any order.
 *
 * <p>Immutable; a {@link Tally} collects what is to be added.
 */
public final class BucketSums {
    /** Buckets of an arm. All that a user does lies in one bucket. */
    public static final int BUCKETS = 256;

    /** Buckets of a group of an arm's users: each has the users of eight buckets of the arm. */
    public static final int GROUP_BUCKETS = 32;

    /** Bits of a pseudonym that choose the bucket. */
    private static final int BUCKET_BITS = 8;

    public static final BucketSums ZERO = new BucketSums(new long[BUCKETS * Column.COUNT]);

    /** The sums of a group without users. */
    public static final BucketSums ZERO_OF_GROUP =
            new BucketSums(new long[GROUP_BUCKETS * Column.COUNT]);

    /**
     * What is summed, within the experiment's window from a user's first exposure on. The order is
     * part of the format of snapshots; a new column is appended.
     */
    public enum Column {
        /** Enrolled users who did not cross arms. */
        USERS(0),
        /** Lists shown. */
        LISTS(1),
        /** Lists with at least one click. */
        LISTS_CLICKED(2),
        CLICKS(3),
        /** Purchases and submitted forms. */
        CONVERSIONS(4),
        /** Revenue of the experiment's currency, in 1/10,000 of its unit. */
        REVENUE(5),
        HIDES(6),
        /** Interactions of the users before their first exposure. */
        COVARIATE(7);

        static final int COUNT = values().length;

        private final int at;

        Column(int at) {
            this.at = at;
        }
    }

    /** Additions to sums; not for several threads. */
    public static final class Tally {
        private final long[] sums;

        private Tally(long[] sums) {
            this.sums = sums;
        }

        /**
         * Adds an amount, which may be negative, as of a refund.
         *
         * @param bucket of the user, 0 to {@value #BUCKETS} − 1, also of a group
         */
        public void add(int bucket, Column column, long amount) {
            int buckets = sums.length / Column.COUNT;
            sums[column.at * buckets + bucket * buckets / BUCKETS] += amount;
        }

        /** Returns the sums with all additions up to now. */
        public BucketSums sums() {
            return new BucketSums(sums.clone());
        }
    }

    private final long[] sums;

    private BucketSums(long[] sums) {
        this.sums = sums;
    }

    /** Returns the bucket of a user: the upper bits of the pseudonym, which is a keyed hash. */
    public static int bucket(long pseudonym) {
        return (int) (pseudonym >>> (Long.SIZE - BUCKET_BITS));
    }

    /** Returns a tally that begins with these sums. */
    public Tally tally() {
        return new Tally(sums.clone());
    }

    /** Returns the number of buckets. */
    public int buckets() {
        return sums.length / Column.COUNT;
    }

    /** Returns the sums of both, which have as many buckets. */
    public BucketSums plus(BucketSums other) {
        long[] both = new long[sums.length];
        Arrays.setAll(both, at -> sums[at] + other.sums[at]);
        return new BucketSums(both);
    }

    /** Returns the sum of a bucket. */
    public long get(int bucket, Column column) {
        return sums[column.at * buckets() + bucket];
    }

    /** Returns a column by bucket. */
    public long[] column(Column column) {
        int from = column.at * buckets();
        return Arrays.copyOfRange(sums, from, from + buckets());
    }

    /** Returns the sum of a column over all buckets. */
    public long total(Column column) {
        return Arrays.stream(column(column)).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketSums that && Arrays.equals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }
}
