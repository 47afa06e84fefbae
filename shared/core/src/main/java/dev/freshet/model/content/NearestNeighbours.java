package dev.freshet.model.content;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.TopN;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What lies near to a direction: derived from one model's embeddings. Of up to {@value #EXACT}
 * vectors of a space each is looked at; of more, those that a {@link SignHashIndex} names, which is
 * made on first use or, by a replica, beforehand. An index may be older than the vectors: what is
 * new is found a second later, what has changed is judged by what it is now.
 *
 * <p>Cost: 0.6 ms at 40,000 vectors of 384 dimensions, where a look at each takes 8; an index is
 * made in 0.2 s there, and followed at the cost of what changed.
 */
public final class NearestNeighbours {
    /** Where an index begins to be faster: measured at 384 dimensions. */
    static final int EXACT = 1_000;

    /** How many are looked at closely, at least; of {@code limit} wanted four times as many. */
    private static final int LEAST_CLOSELY = 400;

    private static final int CLOSELY = 4;

    private final Embeddings embeddings;
    private final Map<String, SignHashIndex> indexes = new ConcurrentHashMap<>();

    public NearestNeighbours(Embeddings embeddings) {
        this.embeddings = embeddings;
    }

    /** This one as long as the embeddings are the same, else that of the new ones, worked out. */
    @SuppressWarnings("ReferenceEquality") // whether anything changed
    public NearestNeighbours following(Embeddings next) {
        if (next == embeddings) {
            return this;
        }
        NearestNeighbours neighbours = new NearestNeighbours(next);
        for (int each = 0; each < Embeddings.MOST_SPACES; each++) {
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
     * The items nearest to a direction, best first, by cosine above 0; deleted ones left out.
     *
     * @param now the embeddings as they are
     * @param own items to leave out
     */
    public ItemScores near(
            Embeddings now, Embeddings.Profile profile, ItemTable items, int[] own, int limit) {
        TopN top = new TopN(Math.min(limit + own.length, now.size()));
        for (int space = 0; space < Embeddings.MOST_SPACES; space++) {
            Direction direction = profile.in(space);
            if (direction != null) {
                int[] some = some(now, space, direction, limit + own.length);
                int size = some == null ? now.size() : some.length;
                for (int at = 0; at < size; at++) {
                    int item = some == null ? at : some[at];
                    float cosine = now.cosine(profile, item);
                    if (cosine > 0 && now.isIn(item, space) && !items.deleted(item)) {
                        top.offer(item, cosine);
                    }
                }
            }
        }
        return ItemScores.drain(top).without(own, limit);
    }

    /** Those to look at closely, or null for all. */
    private int @Nullable [] some(Embeddings now, int space, Direction direction, int limit) {
        int closely = Math.max(LEAST_CLOSELY, CLOSELY * limit);
        String name = now.space(space);
        SignHashIndex index =
                name != null && name.equals(embeddings.space(space)) ? index(space) : null;
        return index == null || index.size() < 2 * closely
                ? null
                : index.nearest(direction, closely);
    }

    private @Nullable SignHashIndex index(int space) {
        String name = embeddings.space(space);
        return name == null || embeddings.held(space) <= EXACT
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
