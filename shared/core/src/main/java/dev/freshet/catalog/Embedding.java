package dev.freshet.catalog;

import static dev.freshet.check.Check.require;

import java.util.Arrays;
import java.util.List;

/**
 * A vector that represents an item's content (its text, image or sound), as one signed byte per
 * dimension, the largest of which is ±127. Only the direction is kept, since embeddings are
 * compared by cosine; the rounding changes a cosine in 384 dimensions by less than 0.005.
 *
 * <p>Vectors of different {@link #space spaces} are not comparable and are never compared.
 */
public final class Embedding {
    /** Most dimensions, and bytes. */
    public static final int MAX_DIMENSION = 1_024;

    /** Longest name of an origin, in characters. */
    public static final int MAX_ORIGIN = 64;

    /** The origin of vectors that the site supplies with its items. */
    public static final String GIVEN = "given";

    /** The absent embedding: of an item without text, or one for which none was computed. */
    public static final Embedding NONE = new Embedding("", new byte[0]);

    private static final int LARGEST = 127;

    private final String origin;
    private final byte[] cells;

    private Embedding(String origin, byte[] cells) {
        this.origin = origin;
        this.cells = cells;
    }

    /**
     * Returns the embedding of a vector of any length.
     *
     * @param origin what computed it: a model's name, or {@link #GIVEN}; 1 to {@value #MAX_ORIGIN}
     *     characters
     * @param vector finite numbers, ≤ {@value #MAX_DIMENSION}
     * @return {@link #NONE} for a vector of zeros, which has no direction
     */
    public static Embedding of(String origin, float[] vector) {
        float largest = 0;
        for (float number : vector) {
            require(Float.isFinite(number), "an embedding has finite numbers");
            largest = Math.max(largest, Math.abs(number));
        }
        if (largest == 0) {
            return NONE;
        }
        byte[] cells = new byte[vector.length];
        for (int at = 0; at < cells.length; at++) {
            cells[at] = (byte) Math.round(LARGEST * ((double) vector[at] / largest));
        }
        return ofCells(origin, cells);
    }

    /** Returns the embedding of a vector that the site supplied; {@link #NONE} for an empty one. */
    public static Embedding given(List<Float> numbers) {
        float[] vector = new float[numbers.size()];
        for (int at = 0; at < vector.length; at++) {
            vector[at] = numbers.get(at);
        }
        return of(GIVEN, vector);
    }

    /**
     * Returns the embedding with these {@link #cells}, for stores and codecs.
     *
     * @throws IllegalArgumentException if the origin or the number of cells is out of bounds
     */
    public static Embedding ofCells(String origin, byte[] cells) {
        if (cells.length == 0) {
            return NONE;
        }
        require(
                cells.length <= MAX_DIMENSION && !origin.isEmpty() && origin.length() <= MAX_ORIGIN,
                "an embedding has an origin of 1 to "
                        + MAX_ORIGIN
                        + " characters and at most "
                        + MAX_DIMENSION
                        + " dimensions");
        return new Embedding(origin, cells.clone());
    }

    public boolean isEmpty() {
        return cells.length == 0;
    }

    /** Returns what computed the vector; empty only for {@link #NONE}. */
    public String origin() {
        return origin;
    }

    public int dimension() {
        return cells.length;
    }

    /**
     * Returns the name of the vector space: {@code minilm-l6-v2/384}. Only embeddings of one space
     * are comparable.
     */
    public String space() {
        return origin + "/" + cells.length;
    }

    /** Returns a copy of the components, −127 to 127 each. */
    public byte[] cells() {
        return cells.clone();
    }

    /** Returns the components scaled so that the largest is ±1. */
    public float[] numbers() {
        float[] numbers = new float[cells.length];
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] = (float) cells[at] / LARGEST;
        }
        return numbers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding
                && origin.equals(embedding.origin)
                && Arrays.equals(cells, embedding.cells);
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return isEmpty() ? "Embedding[]" : "Embedding[" + space() + "]";
    }
}
