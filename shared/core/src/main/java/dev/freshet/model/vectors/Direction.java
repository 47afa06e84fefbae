package dev.freshet.model.vectors;

import static dev.freshet.check.Check.require;

/**
 * The direction of a vector: signed bytes of any scale, and the sum of their squares. Sums of
 * products of bytes are exact in integers, so that cosines are equal on every processor, in
 * whatever order they are added up.
 *
 * @param cells ≤ 1,024 numbers, −127 to 127; must not be changed
 * @param squares above 0
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never modified
public record Direction(byte[] cells, int squares) {
    /** The largest number of dimensions. */
    public static final int MAX_DIMENSIONS = 1_024;

    public Direction {
        require(
                cells.length <= MAX_DIMENSIONS && squares > 0,
                "a direction needs 1 to "
                        + MAX_DIMENSIONS
                        + " numbers, at least one of them not 0");
    }

    /** Returns the number of dimensions. */
    public int dimension() {
        return cells.length;
    }

    /** Returns the cosine, −1 to 1, with another direction of equally many dimensions. */
    public float cosine(Direction other) {
        return cosine(cells, squares, other.cells, other.squares);
    }

    /** Returns the cosine, −1 to 1, of two directions given as bytes and sums of squares. */
    public static float cosine(byte[] left, int leftSquares, byte[] right, int rightSquares) {
        return (float) (dot(left, right) / Math.sqrt((double) leftSquares * rightSquares));
    }

    /** Returns the dot product, whose magnitude is at most 1,024 · 127², which is below 2²⁴. */
    public static int dot(byte[] left, byte[] right) {
        int dot = 0;
        for (int at = 0; at < left.length; at++) {
            dot += left[at] * right[at];
        }
        return dot;
    }
}
