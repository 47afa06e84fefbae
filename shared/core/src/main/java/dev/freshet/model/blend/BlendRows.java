package dev.freshet.model.blend;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.bytes.MalformedBytesException;

/**
 * The rows of a {@link BlendState} that a batch changed, with their values after it.
 *
 * @param index changed rows, ascending
 * @param rows parallel to {@code index}
 * @param steps number of learning steps so far
 * @param budget remaining work
 * @param draws number of pseudorandom numbers drawn so far
 */
@SuppressWarnings("ArrayRecordComponent") // only carried to and from bytes
public record BlendRows(int[] index, float[][] rows, long steps, long budget, long draws) {
    static final int MAX_NUMBERS = 1_024;

    /** The rows in 4 bytes a number. */
    public static final Form<BlendRows> FORM = Form.of(BlendRows::write, BlendRows::read);

    private void write(ByteSink out) {
        out.varint(steps);
        out.zigzag(budget);
        out.fixed64(draws);
        out.varint(index.length);
        for (int at = 0; at < index.length; at++) {
            out.varint(index[at]);
            write(rows[at], out);
        }
    }

    private static BlendRows read(ByteSource in) {
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
        float[] row = new float[in.count(MAX_NUMBERS, 4)];
        for (int at = 0; at < row.length; at++) {
            row[at] = in.float32();
            if (!Float.isFinite(row[at])) {
                throw new MalformedBytesException("a weight of the blend is not finite");
            }
        }
        return row;
    }
}
