package dev.freshet.model.vectors;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.rows.Ints;
import java.util.BitSet;

/**
 * The rows of a {@link FactorState} that a batch changed, with their values after it; 33 B a row.
 *
 * @param items changed items, ascending
 * @param itemVectors parallel to {@code items}, packed
 * @param labels changed buckets of labels, ascending
 * @param labelVectors parallel to {@code labels}, packed, followed by the number of steps of the
 *     bucket
 * @param ofItems all of Σ q qᵀ over the items' vectors
 * @param ofUsers all of C, the mean of p pᵀ over the users' vectors
 * @param steps number of steps so far
 */
@SuppressWarnings("ArrayRecordComponent") // only carried to and from bytes
public record FactorRows(
        int[] items,
        int[][] itemVectors,
        int[] labels,
        int[][] labelVectors,
        double[] ofItems,
        double[] ofUsers,
        long steps) {
    /** The rows; indexes as differences. */
    public static final Form<FactorRows> FORM = Form.of(FactorRows::write, FactorRows::read);

    private static final int MAX_ITEMS = Integer.MAX_VALUE / (2 * FactorState.Vectors.WIDTH);

    static FactorRows of(FactorState state, BitSet changedItems, BitSet changedLabels) {
        int[] items = changedItems.stream().toArray();
        int[] labels = changedLabels.stream().toArray();
        int[][] itemVectors = new int[items.length][];
        for (int at = 0; at < items.length; at++) {
            itemVectors[at] = packed(state.items(), items[at], FactorState.Vectors.WIDTH);
        }
        int[][] labelVectors = new int[labels.length][];
        for (int at = 0; at < labels.length; at++) {
            labelVectors[at] = packed(state.labels(), labels[at], FactorState.Vectors.WIDTH + 1);
            labelVectors[at][FactorState.Vectors.WIDTH] = state.labelSteps().get(labels[at]);
        }
        return new FactorRows(
                items,
                itemVectors,
                labels,
                labelVectors,
                state.ofItems(),
                state.ofUsers(),
                state.steps());
    }

    static FactorRows whole(FactorState state) {
        BitSet items = new BitSet();
        float[] vector = new float[Gram.RANK];
        for (int item = 0; item * FactorState.Vectors.WIDTH < state.items().size(); item++) {
            items.set(item, state.read(item, vector));
        }
        BitSet labels = new BitSet();
        for (int bucket = 0; bucket < FactorState.BUCKETS; bucket++) {
            labels.set(bucket, state.labelSteps().get(bucket) > 0);
        }
        return of(state, items, labels);
    }

    private void write(ByteSink out) {
        out.varint(steps);
        rows(items, itemVectors, out);
        rows(labels, labelVectors, out);
        numbers(ofItems, out);
        numbers(ofUsers, out);
    }

    private static FactorRows read(ByteSource in) {
        long steps = in.varint();
        int[] items = new int[in.count(MAX_ITEMS, 1 + 4 * FactorState.Vectors.WIDTH)];
        int[][] itemVectors = rows(in, items, MAX_ITEMS, FactorState.Vectors.WIDTH);
        int[] labels = new int[in.count(FactorState.BUCKETS, 5 + 4 * FactorState.Vectors.WIDTH)];
        int[][] labelVectors = rows(in, labels, FactorState.BUCKETS, FactorState.Vectors.WIDTH + 1);
        return new FactorRows(
                items, itemVectors, labels, labelVectors, numbers(in), numbers(in), steps);
    }

    private static int[] packed(Ints rows, int row, int length) {
        int[] packed = new int[length];
        for (int at = 0; at < FactorState.Vectors.WIDTH; at++) {
            packed[at] = rows.get(row * FactorState.Vectors.WIDTH + at);
        }
        return packed;
    }

    private static void rows(int[] index, int[][] rows, ByteSink out) {
        out.varint(index.length);
        int before = -1;
        for (int at = 0; at < index.length; at++) {
            out.varint(index[at] - before - 1);
            before = index[at];
            for (int number : rows[at]) {
                out.fixed32(number);
            }
        }
    }

    private static int[][] rows(ByteSource in, int[] index, int most, int width) {
        int[][] rows = new int[index.length][width];
        int before = -1;
        for (int at = 0; at < index.length; at++) {
            index[at] = Math.addExact(before + 1, in.upTo(most - 1));
            if (index[at] >= most) {
                throw new MalformedBytesException(
                        "a factor row has index " + index[at] + ", the largest is " + (most - 1));
            }
            before = index[at];
            for (int number = 0; number < width; number++) {
                rows[at][number] = in.fixed32();
                boolean sound =
                        number < FactorState.Vectors.WIDTH
                                ? FactorState.Vectors.isFinite(rows[at][number])
                                : rows[at][number] >= 0;
                MalformedBytesException.unless(sound, "a factor row contains an invalid number");
            }
        }
        return rows;
    }

    private static void numbers(double[] numbers, ByteSink out) {
        for (double number : numbers) {
            out.fixed64(Double.doubleToRawLongBits(number));
        }
    }

    private static double[] numbers(ByteSource in) {
        double[] numbers = new double[Gram.SIZE];
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] = Double.longBitsToDouble(in.fixed64());
            MalformedBytesException.unless(
                    Double.isFinite(numbers[at]), "a sum of factor products is not finite");
        }
        return numbers;
    }
}
