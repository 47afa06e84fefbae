package dev.freshet.model.vectors;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An index that selects, among many directions, the few whose cosine is worth computing. It stores
 * one bit per dimension for each direction: on which side of the mean the direction lies. The
 * directions with the smallest Hamming distance to the query nearly always include the nearest
 * ones. For directions of few dimensions the bits are the sides of {@value #LEAST_BITS} random
 * planes instead (Charikar 2002).
 *
 * <p>A query costs an exclusive or and a bit count for each 64 bits of each direction, in one pass
 * over memory: ≈ 4 ns a direction of 384 dimensions. An index takes 4 B and a bit per dimension for
 * each direction. It is immutable; the next one copies the codes that did not change.
 *
 * @see <a href="https://doi.org/10.1145/509907.509965">Charikar, Similarity estimation techniques
 *     from rounding algorithms, 2002</a>
 */
public final class SignHashIndex {
    /**
     * The least number of bits; directions of fewer dimensions are hashed by this many random
     * planes.
     */
    public static final int LEAST_BITS = 256;

    private static final int WORD = 64;

    private final int[] items;
    private final int words;
    private final long[] codes;
    private final float[] mean;
    private final byte[][] planes;
    private final int meanSize;

    private SignHashIndex(
            int[] items, int words, long[] codes, float[] mean, byte[][] planes, int meanSize) {
        this.items = items;
        this.words = words;
        this.codes = codes;
        this.mean = mean;
        this.planes = planes;
        this.meanSize = meanSize;
    }

    /**
     * Builds an index of some directions.
     *
     * @param dimension dimension of all directions
     * @param size a bound that all item indexes are below
     * @param directions the direction by item index; null for an item to leave out
     */
    public static SignHashIndex of(
            int dimension, int size, IntFunction<@Nullable Direction> directions) {
        int[] items = new int[size];
        int count = 0;
        double[] sum = new double[dimension];
        for (int item = 0; item < size; item++) {
            Direction direction = directions.apply(item);
            if (direction != null) {
                items[count++] = item;
                double length = Math.sqrt(direction.squares());
                for (int at = 0; at < dimension; at++) {
                    sum[at] += direction.cells()[at] / length;
                }
            }
        }
        float[] mean = new float[dimension];
        for (int at = 0; at < dimension; at++) {
            mean[at] = (float) (sum[at] / Math.max(1, count));
        }
        byte[][] planes = dimension < LEAST_BITS ? planes(dimension) : new byte[0][];
        int words = (Math.max(dimension, LEAST_BITS) + WORD - 1) / WORD;
        SignHashIndex index =
                new SignHashIndex(new int[0], words, new long[0], mean, planes, Math.max(1, count));
        return index.filled(Arrays.copyOf(items, count), order -> -1, directions);
    }

    /**
     * Returns an index of directions most of which are in this index. Only changed ones are hashed,
     * relative to the mean of this index; when the number of directions has more than doubled or
     * fallen below half since the mean was computed, a new index is built.
     *
     * @param size a bound that all item indexes are below
     * @param directions the direction by item index, of this index's dimension; null for an item to
     *     leave out
     * @param same tests whether an item's direction is unchanged since this index was built
     */
    public SignHashIndex following(
            int size, IntFunction<@Nullable Direction> directions, IntPredicate same) {
        int[] next = new int[size];
        int[] from = new int[size];
        int count = 0;
        int at = 0;
        for (int item = 0; item < size; item++) {
            while (at < items.length && items[at] < item) {
                at++;
            }
            boolean had = at < items.length && items[at] == item;
            boolean kept = same.test(item);
            if (kept ? had : directions.apply(item) != null) {
                from[count] = kept ? at : -1;
                next[count++] = item;
            }
        }
        if (count > 2 * meanSize || 2 * count < meanSize) {
            return of(mean.length, size, directions);
        }
        return filled(Arrays.copyOf(next, count), order -> from[order], directions);
    }

    /**
     * Returns an index of these items. Codes of items in this index are copied, the others
     * computed.
     *
     * @param from by order in {@code next}, the order of the item in this index; −1 for a code to
     *     compute
     */
    private SignHashIndex filled(
            int[] next, IntUnaryOperator from, IntFunction<@Nullable Direction> directions) {
        long[] filled = new long[next.length * words];
        for (int order = 0; order < next.length; order++) {
            int known = from.applyAsInt(order);
            Direction direction = known < 0 ? directions.apply(next[order]) : null;
            if (known >= 0) {
                System.arraycopy(codes, known * words, filled, order * words, words);
            } else if (direction != null) {
                System.arraycopy(code(direction), 0, filled, order * words, words);
            }
        }
        return new SignHashIndex(next, words, filled, mean, planes, meanSize);
    }

    /** Returns the number of directions. */
    public int size() {
        return items.length;
    }

    /**
     * Returns the items with the smallest Hamming distance to a direction, nearest first; of equal
     * ones the lower index first.
     *
     * @param most the largest number of items to return
     */
    public int[] nearest(Direction direction, int most) {
        long[] query = code(direction);
        short[] distances = new short[items.length];
        int[] counts = new int[words * WORD + 1];
        for (int order = 0; order < items.length; order++) {
            int distance = 0;
            int from = order * words;
            for (int word = 0; word < words; word++) {
                distance += Long.bitCount(codes[from + word] ^ query[word]);
            }
            distances[order] = (short) distance;
            counts[distance]++;
        }
        return lowest(distances, counts, Math.min(most, items.length));
    }

    /**
     * Selects the lowest distances by counting sort: the positions of each distance follow from the
     * counts.
     */
    private int[] lowest(short[] distances, int[] counts, int most) {
        int[] places = new int[counts.length];
        int limit = 0;
        for (int before = 0; limit < counts.length && before < most; limit++) {
            places[limit] = before;
            before += counts[limit];
        }
        int[] lowest = new int[most];
        for (int order = 0; order < distances.length; order++) {
            if (distances[order] < limit) {
                int place = places[distances[order]]++;
                if (place < most) {
                    lowest[place] = items[order];
                }
            }
        }
        return lowest;
    }

    private long[] code(Direction direction) {
        double length = Math.sqrt(direction.squares());
        float[] centred = new float[mean.length];
        for (int at = 0; at < centred.length; at++) {
            centred[at] = (float) (direction.cells()[at] / length) - mean[at];
        }
        long[] code = new long[words];
        boolean own = planes.length == 0;
        int bits = own ? centred.length : planes.length;
        for (int bit = 0; bit < bits; bit++) {
            if ((own ? centred[bit] : side(centred, planes[bit])) > 0) {
                code[bit / WORD] |= 1L << (bit % WORD);
            }
        }
        return code;
    }

    private static float side(float[] centred, byte[] plane) {
        float side = 0;
        for (int at = 0; at < centred.length; at++) {
            side += centred[at] * plane[at];
        }
        return side;
    }

    /** Returns pseudorandom planes, which are equal on every machine. */
    private static byte[][] planes(int dimension) {
        SplittableRandom random = new SplittableRandom(dimension);
        byte[][] planes = new byte[LEAST_BITS][dimension];
        for (byte[] plane : planes) {
            for (int at = 0; at < dimension; at++) {
                plane[at] = (byte) (random.nextInt(255) - 127);
            }
        }
        return planes;
    }
}
