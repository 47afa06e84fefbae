package dev.freshet.model.blend;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;

/**
 * The rows of a {@link BlendState} that a batch changed, as they are after it.
 *
 * @param index which rows, ascending
 * @param rows as long
 * @param steps learned so far
 * @param budget left
 * @param draws random numbers drawn so far
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way into bytes
public record BlendRows(int[] index, float[][] rows, long steps, long budget, long draws) {
    static final int MOST_NUMBERS = 1_024;

    /** Writes them; 4 bytes a number. */
    public void write(ByteSink out) {
        out.varint(steps);
        out.zigzag(budget);
        out.fixed64(draws);
        out.varint(index.length);
        for (int at = 0; at < index.length; at++) {
            out.varint(index[at]);
            write(rows[at], out);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedBytesException when these are not its bytes
     */
    public static BlendRows read(ByteSource in) {
        long steps = in.varint();
        long budget = in.zigzag();
        long draws = in.fixed64();
        int[] index = new int[in.count(BlendState.ROWS, 2)];
        float[][] rows = new float[index.length][];
        for (int at = 0; at < index.length; at++) {
            index[at] = in.upTo(BlendState.ROWS - 1);
            rows[at] = numbers(in);
        }
        return new BlendRows(index, rows, steps, budget, draws);
    }

    private static void write(float[] row, ByteSink out) {
        out.varint(row.length);
        for (float number : row) {
            out.float32(number);
        }
    }

    private static float[] numbers(ByteSource in) {
        float[] row = new float[in.count(MOST_NUMBERS, 4)];
        for (int at = 0; at < row.length; at++) {
            row[at] = in.float32();
            if (!Float.isFinite(row[at])) {
                throw new MalformedBytesException("a weight that is not finite");
            }
        }
        return row;
    }
}
