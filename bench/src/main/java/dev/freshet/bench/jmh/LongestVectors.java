package dev.freshet.bench.jmh;

import dev.freshet.model.rows.TopN;
import dev.freshet.model.vectors.Factors;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The {@value #MOST} longest vectors of items, in the order of their lengths. A user's score of an
 * item is at most the product of the lengths of their vectors (Cauchy, Schwarz), so a search for
 * the best scores ends at the first item whose vector is too short for any that follow. Lengths
 * differ much, since popular items have long vectors: of a million items some 20,000 are compared,
 * and the result is that of a scan of all.
 *
 * <p>It is measured here and not in the product, where it changed no list for the better (decision
 * 249). 72 B for each of its vectors.
 *
 * @see <a href="https://doi.org/10.1145/2723372.2747647">Teflioudi, Gemulla, Mykytiuk, LEMP: Fast
 *     retrieval of large entries in a matrix product, 2015</a>
 */
final class LongestVectors {
    /** Most vectors, the bound of the work of a search: 0.5 ms. */
    static final int MOST = 50_000;

    private final int[] items;
    private final float[] lengths;
    private final float[] vectors;

    private LongestVectors(int[] items, float[] lengths, float[] vectors) {
        this.items = items;
        this.lengths = lengths;
        this.vectors = vectors;
    }

    /** Computes an item's vector. */
    interface Source {
        /**
         * Reads one vector.
         *
         * @param into {@link Factors#RANK} long, overwritten
         */
        void read(int item, float[] into);
    }

    /**
     * Reads the vectors of all items: 0.2 µs an item.
     *
     * @param size number of items
     */
    static LongestVectors of(int size, Source source) {
        long[] order = new long[size];
        float[] vector = new float[Factors.RANK];
        for (int item = 0; item < size; item++) {
            source.read(item, vector);
            // The bits of floats from 0 up are in the order of the floats.
            order[item] = (long) ~Float.floatToRawIntBits(length(vector)) << Integer.SIZE | item;
        }
        Arrays.sort(order);
        int kept = Math.min(MOST, size);
        int[] items = new int[kept];
        float[] lengths = new float[kept];
        float[] vectors = new float[kept * Factors.RANK];
        for (int at = 0; at < kept; at++) {
            items[at] = (int) order[at];
            source.read(items[at], vector);
            lengths[at] = length(vector);
            System.arraycopy(vector, 0, vectors, at * Factors.RANK, Factors.RANK);
        }
        return new LongestVectors(items, lengths, vectors);
    }

    /**
     * Offers the items that a user's vector fits best, by the scores of these vectors.
     *
     * @param own the items to leave out
     * @return the number of vectors that were compared
     */
    int near(float[] user, IntPredicate own, TopN top) {
        float length = length(user);
        for (int at = 0; at < items.length; at++) {
            if (length * lengths[at] <= Math.max(0, top.floor())) {
                return at;
            }
            float score = 0;
            for (int axis = 0; axis < Factors.RANK; axis++) {
                score += user[axis] * vectors[at * Factors.RANK + axis];
            }
            if (score > 0 && score > top.floor() && !own.test(items[at])) {
                top.offer(items[at], score);
            }
        }
        return items.length;
    }

    private static float length(float[] vector) {
        float squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        return (float) Math.sqrt(squares);
    }
}
