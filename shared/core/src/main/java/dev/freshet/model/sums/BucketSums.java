package dev.freshet.model.sums;

import java.util.Arrays;

/**
 * What the users of one arm did: sums of eight columns over {@value #BUCKETS} buckets of users, 16
 * KB; for the users of a group, over {@value #GROUP_BUCKETS}, 2 KB. Sums of disjoint parts of the
 * users' acts are added by {@link #plus} in any order.
 *
 * <p>A {@link Tally} collects what is to be added.
 *
 * @param sums with a row for each column
 * @param buckets {@value #BUCKETS} or {@value #GROUP_BUCKETS}
 */
public record BucketSums(SumTable sums, int buckets) {
    /** Buckets of an arm. All that a user does lies in one bucket. */
    public static final int BUCKETS = 256;

    /** Buckets of a group of an arm's users: each has the users of eight buckets of the arm. */
    public static final int GROUP_BUCKETS = 32;

    /** Bits of a pseudonym that choose the bucket. */
    private static final int BUCKET_BITS = 8;

    public static final BucketSums ZERO = new BucketSums(SumTable.ZERO, BUCKETS);

    /** The sums of a group without users. */
    public static final BucketSums ZERO_OF_GROUP = new BucketSums(SumTable.ZERO, GROUP_BUCKETS);

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
    public record Tally(SumTable.Draft draft, int buckets) {
        /**
         * Adds an amount, which may be negative, as of a refund.
         *
         * @param bucket of the user, 0 to {@value #BUCKETS} − 1, also of a group
         */
        public void add(int bucket, Column column, long amount) {
            draft.add(column.at, bucket * buckets / BUCKETS, amount);
        }

        /** Returns the sums with all additions up to now. */
        public BucketSums sums() {
            return new BucketSums(draft.seal(), buckets);
        }
    }

    /** Returns the bucket of a user: the upper bits of the pseudonym, which is a keyed hash. */
    public static int bucket(long pseudonym) {
        return (int) (pseudonym >>> (Long.SIZE - BUCKET_BITS));
    }

    /** Returns a tally that begins with these sums. */
    public Tally tally() {
        return new Tally(sums.draft(Column.COUNT, buckets), buckets);
    }

    /** Returns the sums of both, which have as many buckets. */
    public BucketSums plus(BucketSums other) {
        SumTable.Draft both = sums.draft(Column.COUNT, buckets);
        both.add(other.sums);
        return new BucketSums(both.seal(), buckets);
    }

    /** Returns the sum of a bucket. */
    public long get(int bucket, Column column) {
        return sums.get(column.at, bucket);
    }

    /** Returns a column by bucket. */
    public long[] column(Column column) {
        return sums.row(column.at, buckets);
    }

    /** Returns the sum of a column over all buckets. */
    public long total(Column column) {
        return Arrays.stream(column(column)).sum();
    }
}
