package dev.freshet.model.sums;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the lists that were issued in each of the latest hours, by placement, as an immutable
 * value. They have counts, revenue and buckets of users, and nothing by arm, source or position.
 *
 * <p>State: 1.3 KB for each hour and placement, 1.1 MB at the bounds of {@value #HOURS} hours and
 * {@value #MAX_PLACEMENTS} placements.
 */
public final class OutcomeHours {
    /** Hours that are kept: the newest one with a list or an outcome, and those before it. */
    public static final int HOURS = 48;

    /**
     * Most placements of an hour that are told apart: the first ones. Lists of further placements
     * are counted together as {@link OutcomePair#OTHERS}.
     */
    public static final int MAX_PLACEMENTS = 16;

    /** No hours. */
    public static final OutcomeHours NONE = new OutcomeHours(new TreeMap<>());

    private final SortedMap<Integer, SortedMap<String, OutcomeSums>> hours;

    /** Takes the map and its values over. */
    private OutcomeHours(SortedMap<Integer, SortedMap<String, OutcomeSums>> hours) {
        hours.replaceAll((hour, sums) -> Collections.unmodifiableSortedMap(sums));
        this.hours = Collections.unmodifiableSortedMap(hours);
    }

    /**
     * Returns the hours of stored sums.
     *
     * @param hours by hour since 1970-01-01 in UTC, then by placement
     * @throws IllegalArgumentException if there are too many hours, or placements of one
     */
    public static OutcomeHours of(Map<Integer, SortedMap<String, OutcomeSums>> hours) {
        TreeMap<Integer, SortedMap<String, OutcomeSums>> all = new TreeMap<>(hours);
        if (!all.isEmpty() && all.lastKey() - all.firstKey() >= HOURS) {
            throw new IllegalArgumentException("more hours of outcomes than are kept");
        }
        all.replaceAll(
                (hour, sums) -> {
                    if (named(sums.keySet()) > MAX_PLACEMENTS) {
                        throw new IllegalArgumentException("too many placements of an hour");
                    }
                    return new TreeMap<>(sums);
                });
        return new OutcomeHours(all);
    }

    private static long named(Set<String> placements) {
        return placements.stream()
                .filter(placement -> !placement.equals(OutcomePair.OTHERS))
                .count();
    }

    /** Returns the sums by hour since 1970-01-01 in UTC, oldest first, then by placement. */
    public SortedMap<Integer, SortedMap<String, OutcomeSums>> sums() {
        return hours;
    }

    /** Returns the oldest hour that is kept; −1 while there is none. */
    public int oldestKept() {
        return hours.isEmpty() ? -1 : hours.lastKey() - HOURS + 1;
    }

    Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation, which copies each changed sum once. Used by one thread. */
    static final class Draft {
        private final OutcomeHours from;
        private final TreeMap<Integer, TreeMap<String, OutcomeSums.Draft>> changed =
                new TreeMap<>();

        private Draft(OutcomeHours from) {
            this.from = from;
        }

        /** Returns the sums of an hour and placement; null for an hour that is too old. */
        OutcomeSums.@Nullable Draft of(int hour, String placement) {
            if (hour <= newest() - HOURS) {
                return null;
            }
            SortedMap<String, OutcomeSums> before = before(hour);
            TreeMap<String, OutcomeSums.Draft> drafts =
                    changed.computeIfAbsent(hour, key -> new TreeMap<>());
            boolean known = before.containsKey(placement) || drafts.containsKey(placement);
            String counted =
                    known || size(before, drafts) < MAX_PLACEMENTS ? placement : OutcomePair.OTHERS;
            return drafts.computeIfAbsent(
                    counted, key -> before.getOrDefault(key, OutcomeSums.NONE).totalsDraft());
        }

        private SortedMap<String, OutcomeSums> before(int hour) {
            return from.hours.getOrDefault(hour, Collections.emptySortedMap());
        }

        private static long size(
                SortedMap<String, OutcomeSums> before, Map<String, OutcomeSums.Draft> drafts) {
            Set<String> placements = new HashSet<>(before.keySet());
            placements.addAll(drafts.keySet());
            return named(placements);
        }

        private int newest() {
            int stored = from.hours.isEmpty() ? 0 : from.hours.lastKey();
            return changed.isEmpty() ? stored : Math.max(stored, changed.lastKey());
        }

        OutcomeHours seal() {
            if (changed.isEmpty()) {
                return from;
            }
            TreeMap<Integer, SortedMap<String, OutcomeSums>> all = new TreeMap<>(from.hours);
            changed.forEach(
                    (hour, drafts) -> {
                        TreeMap<String, OutcomeSums> sums = new TreeMap<>(before(hour));
                        drafts.forEach((placement, draft) -> sums.put(placement, draft.seal()));
                        all.put(hour, sums);
                    });
            all.headMap(all.lastKey() - HOURS, true).clear();
            return new OutcomeHours(all);
        }
    }
}
