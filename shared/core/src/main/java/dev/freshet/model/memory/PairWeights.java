package dev.freshet.model.memory;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The weight of a pair of items: each person who took both near each other gives n⁻ᶜ, where n is
 * the number of the person's items, but not more than the k-th greatest such share of the pair,
 * where k is the least number of people behind a pair: so nobody makes up more than 1/k of it. The
 * sum is scaled by popᵢ⁻ᵃ · popⱼ⁻ᵇ, where pop is the number of people who took an item. With c = a
 * these are the walks of RP³β (Christoffel et al. 2015).
 *
 * <p>Exponents were chosen on a fifth of Gowalla's training items held out. Sums are of whole
 * numbers, so that their order, which Spark does not promise, changes no bit.
 *
 * @param history latest items of a person that are used, 2 to 10,000
 * @param window most steps between the items of a pair, 1 to {@code history}
 * @param people least number of people behind a pair, from 2
 */
public record PairWeights(int history, int window, int people) implements Serializable {
    /** The defaults. */
    public static final PairWeights DEFAULT = new PairWeights(200, 50, 3);

    private static final double SIZE_EXPONENT = 0.8;
    private static final double SOURCE_EXPONENT = 0.75;
    private static final double TARGET_EXPONENT = 0.25;
    private static final int FRACTION_BITS = 32;

    public PairWeights {
        if (history < 2 || history > 10_000) {
            throw new IllegalArgumentException(
                    "--history must be 2 to 10000, not " + history + ".");
        }
        if (window < 1 || window > history) {
            throw new IllegalArgumentException(
                    "--window must be 1 to --history, " + history + ", not " + window + ".");
        }
        if (people < 2) {
            throw new IllegalArgumentException("--people must be 2 or more, not " + people + ".");
        }
    }

    /** Returns what a person with this many items gives to a pair, in 2⁻³² units. */
    public long share(int items) {
        return Math.round(StrictMath.pow(items, -SIZE_EXPONENT) * (1L << FRACTION_BITS));
    }

    /**
     * Returns the weight of a neighbour.
     *
     * @param shares the sum of {@link #share} over the people who took both, cut as said above
     * @param holders number of people who took the item
     * @param neighbourHolders number of people who took the neighbour
     */
    public double weight(long shares, int holders, int neighbourHolders) {
        return shares
                / (double) (1L << FRACTION_BITS)
                * StrictMath.pow(holders, -SOURCE_EXPONENT)
                * StrictMath.pow(neighbourHolders, -TARGET_EXPONENT);
    }

    /**
     * What is known of a pair of items: a sum over people.
     *
     * @param shares the sum of {@link #share}, not cut
     * @param people who took both
     * @param greatest the greatest k shares, or all of fewer, the greatest first
     */
    @SuppressWarnings("ArrayRecordComponent") // never modified
    public record Pair(long shares, int people, long[] greatest) implements Serializable {
        /** Returns what one person gives. */
        public static Pair of(long share) {
            return new Pair(share, 1, new long[] {share});
        }

        /** Returns the sum with that over other people, for a k. */
        public Pair plus(Pair other, int k) {
            long[] all = Arrays.copyOf(greatest, greatest.length + other.greatest.length);
            System.arraycopy(other.greatest, 0, all, greatest.length, other.greatest.length);
            Arrays.sort(all);
            long[] kept = new long[Math.min(k, all.length)];
            for (int at = 0; at < kept.length; at++) {
                kept[at] = all[all.length - 1 - at];
            }
            return new Pair(shares + other.shares, people + other.people, kept);
        }

        /** Returns the sum of the shares, none of which counts for more than the last one kept. */
        public long cut() {
            long least = greatest[greatest.length - 1];
            long above = Arrays.stream(greatest).sum();
            return shares - above + least * greatest.length;
        }
    }
}
