package dev.freshet.model.sums;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The mutable continuation of a map of sums: a sum is copied into a draft before its first change,
 * and the others stay as they are. Used by one thread.
 *
 * @param <K> what the sums are counted by, such as an hour or a placement
 * @param <V> an immutable sum
 * @param <D> the draft of a sum
 */
final class Drafts<K extends Comparable<K>, V, D> {
    private final Function<K, V> none;
    private final Function<V, D> draft;
    private final Function<D, V> seal;
    private final TreeMap<K, D> changed = new TreeMap<>();
    private SortedMap<K, V> from;

    /**
     * Creates a continuation.
     *
     * @param none returns the sum that a new key begins with
     * @param draft copies a sum into a draft
     * @param seal returns the sum of a draft, which is not changed any more
     */
    Drafts(SortedMap<K, V> from, Function<K, V> none, Function<V, D> draft, Function<D, V> seal) {
        this.from = from;
        this.none = none;
        this.draft = draft;
        this.seal = seal;
    }

    boolean has(K key) {
        return from.containsKey(key) || changed.containsKey(key);
    }

    NavigableSet<K> keys() {
        TreeSet<K> all = new TreeSet<>(from.keySet());
        all.addAll(changed.keySet());
        return all;
    }

    /**
     * Returns the greatest key.
     *
     * @param ifEmpty returned where there is no key; not above any key
     */
    K newest(K ifEmpty) {
        K known = from.isEmpty() ? ifEmpty : from.lastKey();
        return changed.isEmpty() || changed.lastKey().compareTo(known) < 0
                ? known
                : changed.lastKey();
    }

    /** Returns the draft under a key. */
    D of(K key) {
        return changed.computeIfAbsent(
                key,
                one -> {
                    V known = from.get(one);
                    return draft.apply(known == null ? none.apply(one) : known);
                });
    }

    /**
     * Returns the draft under a key; null for a new key where there are as many as there may be.
     */
    @Nullable D within(int most, K key) {
        return has(key) || keys().size() < most ? of(key) : null;
    }

    /** Removes the sums under the keys up to one, and returns them in order. */
    Collection<V> removeTo(K last) {
        if (isBeyond(last, from) && isBeyond(last, changed)) {
            return List.of();
        }
        TreeMap<K, V> left = new TreeMap<>(seal());
        TreeMap<K, V> removed = new TreeMap<>(left.headMap(last, true));
        left.headMap(last, true).clear();
        from = Collections.unmodifiableSortedMap(left);
        return removed.values();
    }

    private boolean isBeyond(K last, SortedMap<K, ?> sums) {
        return sums.isEmpty() || sums.firstKey().compareTo(last) > 0;
    }

    /** Returns the sums as an immutable map. This can be continued; its drafts cannot. */
    SortedMap<K, V> seal() {
        if (!changed.isEmpty()) {
            TreeMap<K, V> all = new TreeMap<>(from);
            changed.forEach((key, one) -> all.put(key, seal.apply(one)));
            from = Collections.unmodifiableSortedMap(all);
            changed.clear();
        }
        return from;
    }
}
