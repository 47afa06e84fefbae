package dev.freshet.model.content;

import dev.freshet.catalog.Embedding;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import org.jspecify.annotations.Nullable;

/** The mutable continuation of {@link Embeddings}. */
public final class EmbeddingsDraft {
    private final Refs.Draft<byte[]> cells;
    private final Ints.Draft marks;
    private final @Nullable String[] spaces;
    private final int[] holders;
    private long bytes;
    private Embeddings unchanged;
    private boolean changed;

    EmbeddingsDraft(Embeddings from) {
        cells = from.cells().draft();
        marks = from.marks().draft();
        spaces = from.spaces().clone();
        holders = from.holders().clone();
        bytes = from.bytes();
        unchanged = from;
    }

    /**
     * Sets an item's vector, or removes it if the vector is empty.
     *
     * @return false where the bound of spaces or of bytes does not allow it
     */
    public boolean put(int item, Embedding embedding) {
        remove(item);
        if (embedding.isEmpty()) {
            return true;
        }
        int space =
                bytes + embedding.dimension() > Embeddings.MAX_BYTES
                        ? -1
                        : space(embedding.space());
        if (space < 0) {
            return false;
        }
        changed = true;
        byte[] own = embedding.cells();
        cells.set(item, own);
        marks.set(item, space << Embeddings.SPACE_SHIFT | Direction.dot(own, own));
        holders[space]++;
        bytes += own.length;
        return true;
    }

    /** Returns a view of the current content without copying, valid only until the next change. */
    public Embeddings peek() {
        return changed
                ? new Embeddings(cells.peek(), marks.peek(), spaces, holders, bytes)
                : unchanged;
    }

    /** Returns the content as an immutable value; this draft can be continued. */
    public Embeddings seal() {
        if (changed) {
            unchanged =
                    new Embeddings(
                            cells.seal(), marks.seal(), spaces.clone(), holders.clone(), bytes);
            changed = false;
        }
        return unchanged;
    }

    private void remove(int item) {
        byte[] own = cells.get(item);
        if (own != null) {
            changed = true;
            int space = marks.get(item) >>> Embeddings.SPACE_SHIFT;
            holders[space]--;
            bytes -= own.length;
            if (holders[space] == 0) {
                spaces[space] = null;
            }
            cells.set(item, null);
            marks.set(item, 0);
        }
    }

    private int space(String name) {
        int free = -1;
        for (int space = 0; space < Embeddings.MAX_SPACES; space++) {
            if (spaces[space] == null) {
                free = free < 0 ? space : free;
            } else if (name.equals(spaces[space])) {
                return space;
            }
        }
        if (free >= 0) {
            spaces[free] = name;
        }
        return free;
    }
}
