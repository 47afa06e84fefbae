package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * How often a reader was shown each item: what frequency caps read. One write per impression,
 * counted once.
 */
final class ShownCounter {
    /** A count starts again at one when the last showing is longer ago than this. */
    static final Duration WINDOW = Duration.ofDays(1);

    private ShownCounter() {}

    /**
     * The profile with this impression counted, or the very same profile when it is counted
     * already: a reader's impressions come in order, so everything at or below {@code shownMark}
     * is.
     *
     * @param since the position of the record since which the row has stood: an earlier one than
     *     {@code position} where an impression given up half way is brought back. If the mark has
     *     passed that one, it counts as counted: a cap may then miss one showing, and never counts
     *     one twice.
     */
    static UserProfile with(
            UserProfile profile,
            Event.Impression impression,
            ShardPosition position,
            ShardPosition since) {
        ShardPosition mark = profile.shownMark();
        if (mark != null && position.compareTo(mark) <= 0) {
            return profile;
        }
        if (mark != null && since.compareTo(mark) <= 0) {
            return profile.shown(profile.shown(), position);
        }
        Instant at = impression.header().correctedAt();
        Map<String, Shown> shown = new HashMap<>(profile.shown());
        for (String itemId : new LinkedHashSet<>(impression.itemIds())) {
            shown.merge(itemId, new Shown(1, at, at), (before, once) -> again(before, at));
        }
        return profile.shown(latest(shown), position);
    }

    private static Shown again(Shown before, Instant at) {
        if (before.last().plus(WINDOW).isBefore(at)) {
            return new Shown(1, at, at);
        }
        Instant last = at.isAfter(before.last()) ? at : before.last();
        return new Shown(before.count() + 1, before.since(), last);
    }

    private static Map<String, Shown> latest(Map<String, Shown> shown) {
        if (shown.size() <= UserProfile.MAX_SHOWN) {
            return shown;
        }
        Map<String, Shown> kept = new HashMap<>();
        shown.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Shown>comparingByValue(
                                        Comparator.comparing(Shown::last).reversed())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(UserProfile.MAX_SHOWN)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return kept;
    }
}
