package dev.freshet.model.rows;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the mutable continuations of arrays in chunks have in common: each changed chunk is copied
 * once, so that the array from which the continuation began stays as it is. Not thread-safe.
 *
 * @param <A> the type of a chunk: an array of {@link Ints#CHUNK} elements
 */
abstract class ChunkDraft<A> {
    private @Nullable A[] base;
    private @Nullable A[] chunks;
    private int size;

    ChunkDraft(@Nullable A[] chunks, int size) {
        base = chunks;
        this.chunks = chunks;
        this.size = size;
    }

    /** Returns a copy of a chunk; an empty one for null. */
    abstract A copy(@Nullable A chunk);

    public final int size() {
        return size;
    }

    /** Returns the chunks as they are; null for one that was never set. */
    final @Nullable A[] chunks() {
        return chunks;
    }

    /** Returns the chunks. Where they are to be sealed, each is copied before its next change. */
    final @Nullable A[] chunks(boolean sealed) {
        base = sealed ? chunks : base;
        return chunks;
    }

    /** Makes an index count for the size, and returns whether its chunk was ever set. */
    final boolean reach(int index) {
        size = Math.max(size, index + 1);
        int at = index >> Ints.SHIFT;
        return at < chunks.length && chunks[at] != null;
    }

    /** Returns the chunk of an index, to be changed. */
    @SuppressWarnings("ReferenceEquality") // identity shows whether a chunk is still shared
    final A owned(int index) {
        size = Math.max(size, index + 1);
        int at = index >> Ints.SHIFT;
        if (chunks == base) {
            chunks = Arrays.copyOf(base, Math.max(base.length, at + 1));
        } else if (at >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(at + 1, chunks.length * 2));
        }
        A chunk = chunks[at];
        if (chunk == null || (at < base.length && chunk == base[at])) {
            chunk = copy(chunk);
            chunks[at] = chunk;
        }
        return chunk;
    }
}
