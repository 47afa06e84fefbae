package dev.freshet.model.rows;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of references in chunks of 256; elements never set, and indexes past the size,
 * read as null. The referenced objects must not be changed.
 *
 * @param <T> an immutable value, or an array treated as one
 */
public final class Refs<T> {
    private static final Refs<?> EMPTY = new Refs<>(new Object[0][], 0);

    private final @Nullable Object[] @Nullable [] chunks;
    private final int size;

    private Refs(@Nullable Object[] @Nullable [] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    /** Returns an empty array. */
    @SuppressWarnings("unchecked")
    public static <T> Refs<T> empty() {
        return (Refs<T>) EMPTY;
    }

    public int size() {
        return size;
    }

    public @Nullable T get(int index) {
        return read(chunks, index);
    }

    /** Returns a mutable continuation. */
    public Draft<T> draft() {
        return new Draft<>(this);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> @Nullable T read(@Nullable Object[] @Nullable [] chunks, int index) {
        int at = index >> Ints.SHIFT;
        @Nullable Object[] chunk = at < chunks.length ? chunks[at] : null;
        return chunk == null ? null : (T) chunk[index & Ints.MASK];
    }

    /**
     * The mutable continuation of {@link Refs}; copies each changed chunk once. Not thread-safe.
     */
    public static final class Draft<T> implements Continuation<Refs<T>> {
        private @Nullable Object[] @Nullable [] base;
        private @Nullable Object[] @Nullable [] chunks;
        private int size;

        private Draft(Refs<T> from) {
            base = from.chunks;
            chunks = from.chunks;
            size = from.size;
        }

        public int size() {
            return size;
        }

        public @Nullable T get(int index) {
            return read(chunks, index);
        }

        public void set(int index, @Nullable T value) {
            size = Math.max(size, index + 1);
            owned(index >> Ints.SHIFT)[index & Ints.MASK] = value;
        }

        @Override
        public Refs<T> content(boolean sealed) {
            base = sealed ? chunks : base;
            return new Refs<>(chunks, size);
        }

        @SuppressWarnings("ReferenceEquality") // identity shows whether a chunk is still shared
        private @Nullable Object[] owned(int at) {
            if (chunks == base) {
                chunks = Arrays.copyOf(base, Math.max(base.length, at + 1));
            } else if (at >= chunks.length) {
                chunks = Arrays.copyOf(chunks, Math.max(at + 1, chunks.length * 2));
            }
            @Nullable Object[] chunk = chunks[at];
            if (chunk == null) {
                chunk = new Object[Ints.CHUNK];
                chunks[at] = chunk;
            } else if (at < base.length && chunk == base[at]) {
                chunk = chunk.clone();
                chunks[at] = chunk;
            }
            return chunk;
        }
    }
}
