package dev.freshet.model.factor;

import dev.freshet.model.rows.Ints;

/**
 * Vectors by row, in half precision, two numbers to an int: 32 B a row, which lies in one chunk of
 * {@link Ints}. The trainer computes with the rounded numbers too, so that trainer and followers
 * have equal ones. A row that was never set counts as absent.
 */
final class Vectors {
    /** The number of ints in a row. */
    static final int WIDTH = Gram.RANK / 2;

    /** The bound of a number's magnitude; larger ones are clamped. */
    private static final float MAX_MAGNITUDE = 1_000;

    private Vectors() {}

    /**
     * Reads a row.
     *
     * @return whether the row is present; otherwise {@code into} is all zeros
     */
    static boolean read(Ints rows, int row, float[] into) {
        int[] pairs = new int[WIDTH];
        rows.copy(row * WIDTH, pairs);
        int any = 0;
        for (int at = 0; at < WIDTH; at++) {
            int pair = pairs[at];
            into[2 * at] = Float.float16ToFloat((short) pair);
            into[2 * at + 1] = Float.float16ToFloat((short) (pair >>> 16));
            any |= pair;
        }
        return any != 0;
    }

    /** Writes a row and replaces {@code vector} by the rounded numbers. */
    static void write(Ints.Draft rows, int row, float[] vector) {
        for (int at = 0; at < WIDTH; at++) {
            short low =
                    Float.floatToFloat16(Math.clamp(vector[2 * at], -MAX_MAGNITUDE, MAX_MAGNITUDE));
            short high =
                    Float.floatToFloat16(
                            Math.clamp(vector[2 * at + 1], -MAX_MAGNITUDE, MAX_MAGNITUDE));
            rows.set(row * WIDTH + at, (low & 0xFFFF) | (high << 16));
            vector[2 * at] = Float.float16ToFloat(low);
            vector[2 * at + 1] = Float.float16ToFloat(high);
        }
    }

    /** Returns whether both packed numbers are finite. */
    static boolean isFinite(int pair) {
        return (pair & 0x7C00) != 0x7C00 && ((pair >>> 16) & 0x7C00) != 0x7C00;
    }

    /** Returns whether every number is finite. */
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
