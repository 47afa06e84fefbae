package dev.freshet.candidate;

import dev.freshet.candidate.FilterNode.ConditionBits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
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
    private @Nullable Periods<K> periods;

    /**
     * A range.
     *
     * @param from inclusive
     * @param to exclusive
     */
    private record Range<K>(K from, K to, int condition) {}

    /**
     * The periods between neighbouring bounds.
     *
     * @param bounds ascending; each begins a period
     * @param conditions that hold in each period
     */
    private record Periods<K>(List<K> bounds, List<long[]> conditions) {}

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
        Periods<K> cut = periods;
        if (cut == null) {
            cut = cut();
            periods = cut;
        }
        int at = Collections.binarySearch(cut.bounds, value);
        int period = at < 0 ? -at - 2 : at;
        if (period >= 0) {
            ConditionBits.set(truth, cut.conditions.get(period));
        }
    }

    /** Returns the conditions that hold between neighbouring bounds; O(n²) for n ranges. */
    private Periods<K> cut() {
        TreeSet<K> bounds = new TreeSet<>();
        for (Range<K> range : ranges) {
            bounds.add(range.from);
            bounds.add(range.to);
        }
        List<long[]> conditions = new ArrayList<>();
        for (K bound : bounds) {
            long[] bits = ConditionBits.none();
            for (Range<K> range : ranges) {
                if (range.from.compareTo(bound) <= 0 && bound.compareTo(range.to) < 0) {
                    ConditionBits.mark(bits, range.condition);
                }
            }
            conditions.add(bits);
        }
        return new Periods<>(List.copyOf(bounds), conditions);
    }
}
