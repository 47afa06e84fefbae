package dev.freshet.model.vectors;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.TopN;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The nearest neighbours of a direction, derived from one model's embeddings. In a space of up to
 * {@value #EXACT} vectors, all of them are compared; in a larger one, the candidates that a {@link
 * SignHashIndex} returns. The index is built on first use or, in a replica, in advance. It may be
 * older than the vectors: a new item is found about a second later, a changed one is compared by
 * its current vector.
 *
 * <p>Cost: 0.6 ms at 40,000 vectors of 384 dimensions, where comparing all takes 8 ms. Building an
 * index of that size takes 0.2 s; updating it costs what changed.
 */
public final class NearestNeighbours {
    /** The number of vectors from which an index is faster, measured at 384 dimensions. */
    static final int EXACT = 1_000;

    /** The least number of candidates whose cosine is computed. */
    private static final int LEAST_CANDIDATES = 400;

    /** The number of candidates whose cosine is computed, as a multiple of the limit. */
    private static final int CANDIDATES_PER_RESULT = 4;

    private final Embeddings embeddings;
    private final Map<String, SignHashIndex> indexes = new ConcurrentHashMap<>();

    /** Creates the neighbours of these embeddings; indexes are built on first use. */
    public NearestNeighbours(Embeddings embeddings) {
        this.embeddings = embeddings;
    }

    /**
     * Returns this object if the embeddings have not changed, else one for the new embeddings with
     * updated indexes.
     */
    @SuppressWarnings("ReferenceEquality") // identity shows whether anything changed
    public NearestNeighbours following(Embeddings next) {
        if (next == embeddings) {
            return this;
        }
        NearestNeighbours neighbours = new NearestNeighbours(next);
        for (int each = 0; each < Embeddings.MAX_SPACES; each++) {
            int space = each;
            String name = next.space(space);
            SignHashIndex before = name == null ? null : indexes.get(name);
            if (name != null && before != null && name.equals(embeddings.space(space))) {
                neighbours.indexes.put(
                        name,
                        before.following(
                                next.size(),
                                item -> next.direction(item, space),
                                item -> next.sameAs(embeddings, item)));
            }
            neighbours.index(space);
        }
        return neighbours;
    }

    /**
     * Returns the items nearest to a profile, best first, by cosine above 0, without deleted items.
     *
     * @param now the current embeddings
     * @param own items to leave out
     */
    public ItemScores near(
            Embeddings now, Embeddings.Profile profile, ItemTable items, int[] own, int limit) {
        TopN top = new TopN(Math.min(limit + own.length, now.size()));
        for (int space = 0; space < Embeddings.MAX_SPACES; space++) {
            Direction direction = profile.in(space);
            if (direction != null) {
                int[] candidates = candidates(now, space, direction, limit + own.length);
                int size = candidates == null ? now.size() : candidates.length;
                for (int at = 0; at < size; at++) {
                    int item = candidates == null ? at : candidates[at];
                    float cosine = now.cosine(profile, item);
                    if (cosine > 0 && now.isIn(item, space) && !items.deleted(item)) {
                        top.offer(item, cosine);
                    }
                }
            }
        }
        return ItemScores.drain(top).without(own, limit);
    }

    /** Returns the items whose cosine is to be computed, or null for all. */
    private int @Nullable [] candidates(Embeddings now, int space, Direction direction, int limit) {
        int wanted = Math.max(LEAST_CANDIDATES, CANDIDATES_PER_RESULT * limit);
        String name = now.space(space);
        SignHashIndex index =
                name != null && name.equals(embeddings.space(space)) ? index(space) : null;
        return index == null || index.size() < 2 * wanted ? null : index.nearest(direction, wanted);
    }

    private @Nullable SignHashIndex index(int space) {
        String name = embeddings.space(space);
        return name == null || embeddings.vectors(space) <= EXACT
                ? null
                : indexes.computeIfAbsent(
                        name,
                        key ->
                                SignHashIndex.of(
                                        embeddings.dimension(space),
                                        embeddings.size(),
                                        item -> embeddings.direction(item, space)));
    }
}
