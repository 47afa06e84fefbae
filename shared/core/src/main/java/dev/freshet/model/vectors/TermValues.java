package dev.freshet.model.vectors;

import java.lang.ref.WeakReference;

/**
 * The values of one vector by the number of the term, so that a cosine looks each term of an item
 * up at its place. Working memory of a thread, up to 6 B a term of the largest model that the
 * thread read; it holds a vector until another one is set.
 */
final class TermValues {
    private float[] values = new float[0];
    private int[] terms = new int[0];
    private int size;
    private WeakReference<Object> vector = new WeakReference<>(null);
    private int part;

    /**
     * Returns whether this holds a vector.
     *
     * @param of what the vector is of, compared by identity
     * @param part of it, such as an item
     */
    boolean holds(Object of, int part) {
        return vector.refersTo(of) && this.part == part;
    }

    /**
     * Makes this empty, to hold a vector.
     *
     * @param of what the vector is of; never changed afterwards
     * @param part of it, such as an item
     * @param terms numbers of terms are below it
     * @param entries most entries of the vector
     */
    void begin(Object of, int part, int terms, int entries) {
        for (int at = 0; at < size; at++) {
            values[this.terms[at]] = 0;
        }
        size = 0;
        if (values.length < terms) {
            values = new float[terms + terms / 2];
        }
        if (this.terms.length < entries) {
            this.terms = new int[entries];
        }
        vector = new WeakReference<>(of);
        this.part = part;
    }

    /** Sets the value of a term that has none. */
    void put(int term, float value) {
        terms[size++] = term;
        values[term] = value;
    }

    /** Returns the value of a term; 0 where the vector has none. */
    float get(int term) {
        return values[term];
    }
}
