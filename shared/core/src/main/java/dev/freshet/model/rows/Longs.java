package dev.freshet.model.rows;

import org.jspecify.annotations.Nullable;

/**
 * An immutable array of longs in chunks of 256. Chunks that hold only zeros are not allocated;
 * indexes past the size read as zero.
 */
public final class Longs {
    public static final Longs EMPTY = new Longs(new long[0][], 0);

    private final long[] @Nullable [] chunks;
    private final int size;

    private Longs(long[] @Nullable [] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    /** Returns one more than the highest index ever set. */
    public int size() {
        return size;
    }

    /** Returns the element at an index; zero past the size. */
    public long get(int index) {
        return read(chunks, index);
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    private static long read(long[] @Nullable [] chunks, int index) {
        int at = index >> Ints.SHIFT;
        long[] chunk = at < chunks.length ? chunks[at] : null;
        return chunk == null ? 0 : chunk[index & Ints.MASK];
    }

    /**
     * The mutable continuation of {@link Longs}; copies each changed chunk once. Not thread-safe.
     */
    public static final class Draft extends ChunkDraft<long[]> implements Continuation<Longs> {
        private Draft(Longs from) {
            super(from.chunks, from.size);
        }

        public long get(int index) {
            return read(chunks(), index);
        }

        public void set(int index, long value) {
            if (reach(index) || value != 0) {
                owned(index)[index & Ints.MASK] = value;
            }
        }

        @Override
        long[] copy(long @Nullable [] chunk) {
            return chunk == null ? new long[Ints.CHUNK] : chunk.clone();
        }

        @Override
        public Longs content(boolean sealed) {
            return new Longs(chunks(sealed), size());
        }
    }
}
