package dev.freshet.model.rows;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of longs in chunks of 256. Chunks that hold only zeros are not allocated;
 * indexes past the size read as zero.
 */
public final class Longs {
    static final int SHIFT = 8;
    static final int CHUNK = 1 << SHIFT;
    static final int MASK = CHUNK - 1;

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
        int at = index >> SHIFT;
        long[] chunk = at < chunks.length ? chunks[at] : null;
        return chunk == null ? 0 : chunk[index & MASK];
    }

    /**
     * The mutable continuation of {@link Longs}; copies each changed chunk once. Not thread-safe.
     */
    public static final class Draft implements Continuation<Longs> {
        private long[] @Nullable [] base;
        private long[] @Nullable [] chunks;
        private int size;

        private Draft(Longs from) {
            base = from.chunks;
            chunks = from.chunks;
            size = from.size;
        }

        public int size() {
            return size;
        }

        public long get(int index) {
            return read(chunks, index);
        }

        public void set(int index, long value) {
            size = Math.max(size, index + 1);
            int at = index >> SHIFT;
            if (value == 0 && (at >= chunks.length || chunks[at] == null)) {
                return;
            }
            owned(at)[index & MASK] = value;
        }

        /** Sets the element after the last one. */
        public void append(long value) {
            set(size, value);
        }

        @Override
        public Longs content(boolean sealed) {
            base = sealed ? chunks : base;
            return new Longs(chunks, size);
        }

        @SuppressWarnings("ReferenceEquality") // identity shows whether a chunk is still shared
        private long[] owned(int at) {
            if (chunks == base) {
                chunks = Arrays.copyOf(base, Math.max(base.length, at + 1));
            } else if (at >= chunks.length) {
                chunks = Arrays.copyOf(chunks, Math.max(at + 1, chunks.length * 2));
            }
            long[] chunk = chunks[at];
            if (chunk == null) {
                chunk = new long[CHUNK];
                chunks[at] = chunk;
            } else if (at < base.length && chunk == base[at]) {
                chunk = chunk.clone();
                chunks[at] = chunk;
            }
            return chunk;
        }
    }
}
