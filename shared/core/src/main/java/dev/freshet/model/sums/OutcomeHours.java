package dev.freshet.model.sums;

import static dev.freshet.check.Check.require;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the lists that were issued in each of the latest hours, by placement, as an immutable
 * value. They have counts, revenue and buckets of users, and nothing by arm, source or position.
 *
 * <p>State: 1.3 KB for each hour and placement, 4.2 MB at the bounds of {@value #HOURS} hours and
 * {@value #MAX_PLACEMENTS} placements; 0.7 MB with three placements.
 */
public final class OutcomeHours {
    /** Hours that are kept: the newest one with a list or an outcome, and those before it. */
    public static final int HOURS = 192;

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
        require(
                all.isEmpty() || all.lastKey() - all.firstKey() < HOURS,
                "more hours of outcomes than are kept");
        all.replaceAll(
                (hour, sums) -> {
                    require(
                            named(sums.keySet()) <= MAX_PLACEMENTS,
                            "too many placements of an hour");
                    return Collections.unmodifiableSortedMap(new TreeMap<>(sums));
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
        private final Drafts<
                        Integer,
                        SortedMap<String, OutcomeSums>,
                        Drafts<String, OutcomeSums, OutcomeSums.Draft>>
                hours;

        private Draft(OutcomeHours from) {
            hours =
                    new Drafts<>(
                            from.hours,
                            hour -> Collections.emptySortedMap(),
                            Draft::placements,
                            Drafts::seal);
        }

        private static Drafts<String, OutcomeSums, OutcomeSums.Draft> placements(
                SortedMap<String, OutcomeSums> ofHour) {
            return new Drafts<>(
                    ofHour,
                    placement -> OutcomeSums.NONE,
                    OutcomeSums::totalsDraft,
                    OutcomeSums.Draft::seal);
        }

        /** Returns the sums of an hour and placement; null for an hour that is too old. */
        OutcomeSums.@Nullable Draft of(int hour, String placement) {
            if (hour <= hours.newest(0) - HOURS) {
                return null;
            }
            Drafts<String, OutcomeSums, OutcomeSums.Draft> sums = hours.of(hour);
            boolean apart = sums.has(placement) || named(sums.keys()) < MAX_PLACEMENTS;
            return sums.of(apart ? placement : OutcomePair.OTHERS);
        }

        OutcomeHours seal() {
            hours.removeTo(hours.newest(0) - HOURS);
            return new OutcomeHours(hours.seal());
        }
    }
}
