package dev.freshet.model.content;

/**
 * A direction: signed bytes of any scale and the sum of their squares. Sums of products of bytes
 * are exact in integers, so that cosines are the same on every processor, however they are added
 * up.
 *
 * @param cells ≤ 1,024, −127 to 127; not to be changed
 * @param squares above 0
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record Direction(byte[] cells, int squares) {
    public static final int MOST_DIMENSIONS = 1_024;

    private static final int LARGEST = 127;

    public Direction {
        if (cells.length > MOST_DIMENSIONS || squares <= 0) {
            throw new IllegalArgumentException(
                    "a direction has at most " + MOST_DIMENSIONS + " cells, not all of them 0");
        }
    }

    /** Of cells of which not all are 0. */
    public static Direction of(byte[] cells) {
        return new Direction(cells, dot(cells, cells));
    }

    /**
     * The direction of a vector, its largest number rounded to ±127.
     *
     * @param vector finite, not all 0
     */
    public static Direction of(float[] vector) {
        float largest = 0;
        for (float number : vector) {
            largest = Math.max(largest, Math.abs(number));
        }
        byte[] cells = new byte[vector.length];
        for (int at = 0; at < cells.length; at++) {
            cells[at] = (byte) Math.round(LARGEST * ((double) vector[at] / largest));
        }
        return of(cells);
    }

    public int dimension() {
        return cells.length;
    }

    /** −1 to 1; the other has as many cells. */
    public float cosine(Direction other) {
        return cosine(cells, squares, other.cells, other.squares);
    }

    /** The same of cells and sums of squares. */
    public static float cosine(byte[] left, int leftSquares, byte[] right, int rightSquares) {
        return (float) (dot(left, right) / Math.sqrt((double) leftSquares * rightSquares));
    }

    /** At most 1,024 · 127², which is below 2²⁴. */
    public static int dot(byte[] left, byte[] right) {
        int dot = 0;
        for (int at = 0; at < left.length; at++) {
            dot += left[at] * right[at];
        }
        return dot;
    }
}
