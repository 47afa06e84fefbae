package dev.freshet.model.popularity;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.TopN;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first items by decayed count at a half-life, or by another order, in a scope. Derived from
 * one model and computed on first use. Each order changes only with events and the catalogue, not
 * with time, so a list holds until the model changes. Computing a list scans the items of its
 * scope: ≈ 1 ms for 100,000.
 */
public final class TopLists {
    /** The largest number of items in a list. */
    static final int DEPTH = 500;

    private static final int MAX_LISTS = 1_000;
    private static final ScopeCounts NONE = new ScopeCounts();

    record Key(Scope scope, Order order) {}

    private final ItemTable items;
    private final Counts counts;
    private final ScopedCounts scoped;
    private final Popularity.Visibility visibility;
    private final Popularity.Opinions opinions;
    private final double atEpochSeconds;
    private final Map<Key, int[]> lists = new ConcurrentHashMap<>();

    /**
     * Creates lists that are computed on first use.
     *
     * @param visibility which items may be in a list by counts
     * @param opinions that the lists of liked and rated items are of
     * @param atEpochSeconds the time at which counts are compared
     */
    public TopLists(
            ItemTable items,
            Counts counts,
            ScopedCounts scoped,
            Popularity.Visibility visibility,
            Popularity.Opinions opinions,
            double atEpochSeconds) {
        this.items = items;
        this.counts = counts;
        this.scoped = scoped;
        this.visibility = visibility;
        this.opinions = opinions;
        this.atEpochSeconds = atEpochSeconds;
    }

    /**
     * Returns item indexes, the first in the order first, ≤ {@value #DEPTH}, without deleted items.
     * A list by counts is without items of count zero and items whose counts are not visible; other
     * lists are without items that are in no catalogue, and exist for all items and for tags.
     */
    int[] of(Scope scope, Order order) {
        Key key = new Key(scope, order);
        int[] known = lists.get(key);
        if (known == null) {
            known =
                    switch (order) {
                        case HalfLife halfLife -> scan(scope, halfLife);
                        case Order.Fixed fixed -> scan(scope, fixed);
                    };
            if (known.length > 0 && lists.size() < MAX_LISTS) {
                lists.put(key, known);
            }
        }
        return known;
    }

    /**
     * Returns the keys of the lists requested so far, which are worth computing in advance for the
     * next version.
     */
    public Set<Key> requested() {
        return Set.copyOf(lists.keySet());
    }

    /** Computes the lists of these keys. */
    public void compute(Set<Key> keys) {
        keys.forEach(key -> of(key.scope(), key.order()));
    }

    private int[] scan(Scope scope, HalfLife halfLife) {
        Decay.Clock at = new Decay.Clock(atEpochSeconds);
        TopN top = new TopN(DEPTH);
        switch (scope.kind()) {
            case ALL -> {
                for (int item = 0; item < items.size(); item++) {
                    offer(top, scope, item, counts.at(item, halfLife, at));
                }
            }
            case TAG -> {
                for (int item : items.withTag(scope.value())) {
                    offer(top, scope, item, counts.at(item, halfLife, at));
                }
            }
            case COUNTRY, DEVICE -> {
                ScopeCounts of = Objects.requireNonNullElse(scoped.of(scope), NONE);
                for (int order : of.sorted()) {
                    offer(top, scope, of.item(order), of.atOrder(order, halfLife, at));
                }
            }
        }
        return ItemScores.drain(top).items();
    }

    private int[] scan(Scope scope, Order.Fixed order) {
        TopN top = new TopN(DEPTH);
        int[] tagged = scope.kind() == Scope.Kind.TAG ? items.withTag(scope.value()) : null;
        int size = tagged == null ? items.size() : tagged.length;
        for (int at = size - 1; at >= 0; at--) {
            int item = tagged == null ? at : tagged[at];
            if (items.catalogued(item) && !items.deleted(item)) {
                offer(top, order, item);
            }
        }
        return ItemScores.drain(top).items();
    }

    private void offer(TopN top, Order.Fixed order, int item) {
        switch (order) {
            case LATEST -> top.offer(item, (float) -items.age(item, atEpochSeconds));
            case LIKED -> offerAboveZero(top, item, opinions.likes(item));
            case RATED -> offerAboveZero(top, item, opinions.rank(item));
        }
    }

    private static void offerAboveZero(TopN top, int item, double value) {
        if (value > 0) {
            top.offer(item, (float) value);
        }
    }

    private void offer(TopN top, Scope scope, int item, double count) {
        if (count > 0 && !items.deleted(item) && visibility.shows(item, scope)) {
            top.offer(item, (float) count);
        }
    }

    /** An order of items by one property, of which the first ones are kept. */
    sealed interface Order permits HalfLife, Order.Fixed {
        /** The orders that are not of decayed counts. */
        enum Fixed implements Order {
            /** By birth, the latest first. */
            LATEST,
            /** By the number of users who like it, the most first. */
            LIKED,
            /** By rating, the highest first; without items that too few users rated. */
            RATED
        }
    }
}
