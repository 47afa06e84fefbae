package dev.freshet.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter on the range of one field. The bounds of all ranges cut the line into
 * periods, so that one search finds all that hold for a value.
 *
 * @param <K> a number or a time
 */
final class RangeConditions<K extends Comparable<K>> {
    private final K least;
    private final K most;
    private final List<Range<K>> ranges = new ArrayList<>();
    private @Nullable NavigableMap<K, long[]> periods;

    /**
     * A range.
     *
     * @param from inclusive
     * @param to exclusive
     */
    private record Range<K>(K from, K to, int condition) {}

    /**
     * Creates conditions without ranges.
     *
     * @param least in place of an open lower bound
     * @param most in place of an open upper bound; no value is as high
     */
    RangeConditions(K least, K most) {
        this.least = least;
        this.most = most;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    void add(@Nullable K from, @Nullable K to, int condition) {
        ranges.add(new Range<>(from == null ? least : from, to == null ? most : to, condition));
        periods = null;
    }

    /** Adds the conditions that hold for a value. */
    void look(K value, long[] truth) {
        NavigableMap<K, long[]> cut = periods;
        if (cut == null) {
            cut = cut();
            periods = cut;
        }
        Map.Entry<K, long[]> period = cut.floorEntry(value);
        ConditionBits.set(truth, period == null ? null : period.getValue());
    }

    /**
     * Returns the conditions that hold between two neighbouring bounds, by the lower bound; O(n²)
     * for n ranges.
     */
    private NavigableMap<K, long[]> cut() {
        NavigableMap<K, long[]> cut = new TreeMap<>();
        for (Range<K> range : ranges) {
            cut.put(range.from, ConditionBits.none());
            cut.put(range.to, ConditionBits.none());
        }
        for (Range<K> range : ranges) {
            if (range.from.compareTo(range.to) < 0) {
                cut.subMap(range.from, range.to)
                        .values()
                        .forEach(bits -> ConditionBits.mark(bits, range.condition));
            }
        }
        return cut;
    }
}
