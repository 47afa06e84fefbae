package dev.freshet.model.rows;

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
    public static final class Draft<T> extends ChunkDraft<@Nullable Object[]>
            implements Continuation<Refs<T>> {
        private Draft(Refs<T> from) {
            super(from.chunks, from.size);
        }

        public @Nullable T get(int index) {
            return read(chunks(), index);
        }

        public void set(int index, @Nullable T value) {
            owned(index)[index & Ints.MASK] = value;
        }

        @Override
        @Nullable Object[] copy(@Nullable Object @Nullable [] chunk) {
            return chunk == null ? new Object[Ints.CHUNK] : chunk.clone();
        }

        @Override
        public Refs<T> content(boolean sealed) {
            return new Refs<>(chunks(sealed), size());
        }
    }
}
