package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * The latest numbers of each owner in the order in which they were added, repeats included: the
 * items of a person or a basket, or the baskets that hold an item.
 */
final class Sequences {
    private static final int[] NONE = {};

    private final int least;
    private int[][] rows = new int[16][];
    private int[] lengths = new int[16];

    /**
     * Creates empty sequences.
     *
     * @param least how many of an owner's latest numbers are kept at least; the older half is
     *     dropped when there are twice as many
     */
    Sequences(int least) {
        this.least = least;
    }

    /** Returns how many numbers of the owner are kept, at most twice as many as at least. */
    int length(int owner) {
        return owner < lengths.length ? lengths[owner] : 0;
    }

    /**
     * Returns the owner's numbers, oldest first, from 0 to {@link #length}; valid until the next
     * {@link #add}.
     */
    int[] of(int owner) {
        int[] own = owner < rows.length ? rows[owner] : null;
        return own == null ? NONE : own;
    }

    void add(int owner, int number) {
        if (owner >= rows.length) {
            int size = Math.max(owner + 1, 2 * rows.length);
            rows = Arrays.copyOf(rows, size);
            lengths = Arrays.copyOf(lengths, size);
        }
        int[] own = of(owner);
        int length = lengths[owner];
        if (length == 2 * least) {
            System.arraycopy(own, least, own, 0, least);
            length = least;
        } else if (length == own.length) {
            own = Arrays.copyOf(own, Math.min(2 * least, Math.max(4, 2 * length)));
            rows[owner] = own;
        }
        own[length] = number;
        lengths[owner] = length + 1;
    }
}
