package dev.freshet.model.factor;

import dev.freshet.model.rows.Ints;

/**
 * Vectors by row, in half precision, two numbers to an int: 32 B a row. The numbers are what they
 * are after rounding, for the trainer too, so that all have the same. A row never set is none.
 */
final class Vectors {
    /** Ints of a row. */
    static final int WIDTH = Gram.RANK / 2;

    /** The largest number there is room for; steps past it are cut. */
    private static final float MOST = 1_000;

    private Vectors() {}

    /**
     * Reads a row.
     *
     * @return whether there is one; else {@code into} is all zeros
     */
    static boolean read(Ints rows, int row, float[] into) {
        int any = 0;
        for (int at = 0; at < WIDTH; at++) {
            int pair = rows.get(row * WIDTH + at);
            into[2 * at] = Float.float16ToFloat((short) pair);
            into[2 * at + 1] = Float.float16ToFloat((short) (pair >>> 16));
            any |= pair;
        }
        return any != 0;
    }

    /** Writes a row, and over {@code vector} what it was rounded to. */
    static void write(Ints.Draft rows, int row, float[] vector) {
        for (int at = 0; at < WIDTH; at++) {
            short low = Float.floatToFloat16(Math.clamp(vector[2 * at], -MOST, MOST));
            short high = Float.floatToFloat16(Math.clamp(vector[2 * at + 1], -MOST, MOST));
            rows.set(row * WIDTH + at, (low & 0xFFFF) | (high << 16));
            vector[2 * at] = Float.float16ToFloat(low);
            vector[2 * at + 1] = Float.float16ToFloat(high);
        }
    }

    /** Whether both numbers of a pair are. */
    static boolean isFinite(int pair) {
        return (pair & 0x7C00) != 0x7C00 && ((pair >>> 16) & 0x7C00) != 0x7C00;
    }

    static boolean isFinite(float[] vector) {
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int at = 0; at < Gram.RANK; at++) {
            sum += a[at] * b[at];
        }
        return sum;
    }
}
