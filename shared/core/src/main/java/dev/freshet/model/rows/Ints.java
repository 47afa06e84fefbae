package dev.freshet.model.rows;

import org.jspecify.annotations.Nullable;

/**
 * An immutable array of ints in chunks of 256. Chunks that hold only zeros are not allocated;
 * indexes past the size read as zero.
 */
public final class Ints {
    static final int SHIFT = 8;
    static final int CHUNK = 1 << SHIFT;
    public static final int MASK = CHUNK - 1;

    public static final Ints EMPTY = new Ints(new int[0][], 0);

    private final int[] @Nullable [] chunks;
    private final int size;

    private Ints(int[] @Nullable [] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    /** Returns one more than the highest index ever set. */
    public int size() {
        return size;
    }

    /** Returns the element at an index; zero past the size. */
    public int get(int index) {
        return read(chunks, index);
    }

    /**
     * Returns the chunk that holds an index, at {@code index & MASK}; null for one that holds only
     * zeros. Nobody changes it. Faster than {@link #get} for elements in a row.
     */
    public int @Nullable [] chunk(int index) {
        int at = index >> SHIFT;
        return at < chunks.length ? chunks[at] : null;
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    /** Returns the chunks; null for one that holds only zeros. Nobody changes them. */
    int[] @Nullable [] chunks() {
        return chunks;
    }

    /** Returns the element of chunks at an index; zero past their end. */
    static int read(int[] @Nullable [] chunks, int index) {
        int at = index >> SHIFT;
        int[] chunk = at < chunks.length ? chunks[at] : null;
        return chunk == null ? 0 : chunk[index & MASK];
    }

    /**
     * The mutable continuation of {@link Ints}; copies each changed chunk once. Not thread-safe.
     */
    public static final class Draft extends ChunkDraft<int[]> implements Continuation<Ints> {
        private Draft(Ints from) {
            super(from.chunks, from.size);
        }

        public int get(int index) {
            return read(chunks(), index);
        }

        public void set(int index, int value) {
            if (reach(index) || value != 0) {
                owned(index)[index & MASK] = value;
            }
        }

        @Override
        int[] copy(int @Nullable [] chunk) {
            return chunk == null ? new int[CHUNK] : chunk.clone();
        }

        @Override
        public Ints content(boolean sealed) {
            return new Ints(chunks(sealed), size());
        }
    }
}
