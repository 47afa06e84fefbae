package dev.freshet.model.sums;

import dev.freshet.example.Pseudonym;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The sums of one day, placement and arm, as an immutable value of ≈ 2 KB; with buckets of its
 * parts up to 38 KB, of which parts without lists take nothing, and without parts, as hours have
 * them, 1.3 KB. Sums of counts, and of money as whole numbers, do not depend on the order of what
 * is added.
 *
 * @param counts a row of counts, then, by part, a row for each count that is broken down
 * @param buckets of users, in a row: the lists and the clicked lists of each bucket; then, in a row
 *     for each part, the places and the clicks of each
 * @param hasPartBuckets whether places and clicks of each part are also summed by buckets of users
 * @param revenue by currency, in 1/10,000 of its unit
 */
@SuppressWarnings("EnumOrdinal") // the order is part of the format
public record OutcomeSums(
        SumTable counts,
        SumTable buckets,
        boolean hasPartBuckets,
        SortedMap<String, Long> revenue) {
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

    /** The counts that are kept of parts, in the order of their storage and of {@link #row}. */
    static final List<OutcomeCount> BROKEN_DOWN =
            List.of(OutcomeCount.PLACES, OutcomeCount.CLICKS, OutcomeCount.CONVERSIONS);

    /** Sums of nothing. */
    public static final OutcomeSums NONE =
            new OutcomeSums(SumTable.ZERO, SumTable.ZERO, false, new TreeMap<>());

    /** Sums of nothing, with buckets of their parts. */
    public static final OutcomeSums NONE_WITH_PART_BUCKETS =
            new OutcomeSums(SumTable.ZERO, SumTable.ZERO, true, new TreeMap<>());

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

    public OutcomeSums {
        revenue = Collections.unmodifiableSortedMap(new TreeMap<>(revenue));
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
        return IntStream.range(0, BUCKETS).filter(bucket -> listsOf(bucket) > 0).count() >= least;
    }

    /** Returns the lists of a bucket of users whose impression arrived. */
    public long listsOf(int bucket) {
        return buckets.get(0, 2 * bucket);
    }

    /** Returns the lists of a bucket of users with a click within the click window. */
    public long listsClickedOf(int bucket) {
        return buckets.get(0, 2 * bucket + 1);
    }

    /** Returns the part of a source. */
    public static int partOfSource(int source) {
        return source;
    }

    /** Returns the part of a position. */
    public static int partOfPosition(int position) {
        return SOURCES + position;
    }

    /** Returns the places of a part that a bucket of users was shown; 0 without such buckets. */
    public long placesOfPart(int part, int bucket) {
        return buckets.get(1 + part, 2 * bucket);
    }

    /** Returns these sums without the buckets of their parts. */
    public OutcomeSums withoutPartBuckets() {
        return hasPartBuckets ? new OutcomeSums(counts, buckets.only(0), false, revenue) : this;
    }

    /** Returns a count. */
    public long get(OutcomeCount count) {
        return counts.get(0, count.ordinal());
    }

    /**
     * Returns a count of a part. An item counts for each of its sources.
     *
     * @param count places, clicks or conversions
     */
    public long ofPart(int part, OutcomeCount count) {
        return counts.get(row(count), part);
    }

    /** Returns the sums of a part, whose buckets are of its places and the clicks on them. */
    public OutcomeSums part(int part) {
        SumTable.Draft of = SumTable.ZERO.draft(1, PARTS);
        for (OutcomeCount count : BROKEN_DOWN) {
            of.add(0, count.ordinal(), ofPart(part, count));
        }
        return new OutcomeSums(of.seal(), buckets.only(1 + part), false, new TreeMap<>());
    }

    /** Returns whether all of it is zero. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Returns the sums of both, without the buckets of their parts. */
    public OutcomeSums plus(OutcomeSums other) {
        return withoutPartBuckets().draft().add(other).seal();
    }

    private static int row(OutcomeCount brokenDown) {
        return switch (brokenDown) {
            case PLACES -> 1;
            case CLICKS -> 2;
            case CONVERSIONS -> 3;
            default ->
                    throw new IllegalArgumentException(
                            brokenDown + " is not counted by source and position");
        };
    }

    /** Returns a mutable copy. */
    public Draft draft() {
        return new Draft(this, true);
    }

    /** Returns a mutable copy that counts nothing by source and position. */
    public Draft totalsDraft() {
        return new Draft(this, false);
    }

    /** Sums that are being added to. */
    public static final class Draft {
        private final SumTable.Draft counts;
        private final SumTable.Draft buckets;
        private final boolean parts;
        private final boolean partBuckets;
        private final TreeMap<String, Long> revenue;

        private Draft(OutcomeSums from, boolean parts) {
            counts = from.counts.draft(1 + BROKEN_DOWN.size(), PARTS);
            buckets = from.buckets.draft(1 + PARTS, 2 * BUCKETS);
            this.parts = parts;
            partBuckets = from.hasPartBuckets;
            revenue = new TreeMap<>(from.revenue);
        }

        /** Adds to a count. */
        public Draft add(OutcomeCount count, long number) {
            counts.add(0, count.ordinal(), number);
            return this;
        }

        /** Adds to a count of a part. */
        public Draft addOfPart(int part, OutcomeCount count, long number) {
            counts.add(row(count), part, number);
            return this;
        }

        /** Adds to a count as a whole, for each source, and for the position. */
        void addAt(OutcomeCount count, int position, int sources, long number) {
            add(count, number);
            if (parts) {
                forEachPart(position, sources, part -> addOfPart(part, count, number));
            }
        }

        /** Adds places and clicks to those of a bucket of users, for each source and position. */
        void addAtOfBucket(int bucket, int position, int sources, int places, int clicks) {
            if (partBuckets) {
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

        /** Adds to the places and clicks of a part by a bucket of users. */
        Draft addOfPart(int part, int bucket, long places, long clicks) {
            buckets.add(1 + part, 2 * bucket, places);
            buckets.add(1 + part, 2 * bucket + 1, clicks);
            return this;
        }

        /** Adds to the lists, and to the clicked lists, of a bucket of users. */
        public Draft addOfBucket(int bucket, long lists, long clicked) {
            buckets.add(0, 2 * bucket, lists);
            buckets.add(0, 2 * bucket + 1, clicked);
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
            counts.add(other.counts);
            buckets.add(other.buckets.only(0));
            other.revenue.forEach(this::addRevenue);
            return this;
        }

        /** Returns the sums. */
        public OutcomeSums seal() {
            return new OutcomeSums(counts.seal(), buckets.seal(), partBuckets, revenue);
        }
    }
}
