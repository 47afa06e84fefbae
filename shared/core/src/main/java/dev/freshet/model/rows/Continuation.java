package dev.freshet.model.rows;

/**
 * The mutable continuation of an immutable value, which copies only what changes. Used by one
 * thread.
 *
 * @param <T> type of the value
 */
public interface Continuation<T> {
    /**
     * Returns the present content.
     *
     * @param sealed whether it is an immutable value, after which this can be continued; else a
     *     view without copying, valid only until the next change
     */
    T content(boolean sealed);

    /** Returns a view of the current content without copying, valid only until the next change. */
    default T peek() {
        return content(false);
    }

    /** Returns the content as an immutable value; this can be continued. */
    default T seal() {
        return content(true);
    }
}
