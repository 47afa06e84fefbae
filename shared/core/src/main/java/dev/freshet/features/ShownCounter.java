package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.Shown;
import dev.freshet.profile.UserProfile.ShownItems;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Counts how often a user was shown each item, for frequency caps. One write per impression; each
 * impression counts once.
 *
 * <p>Every impression rewrites all counts, and a write unit covers 1 KB. Counts of items that were
 * last shown longer ago than {@link #WINDOW} hold nothing back any more, so of these only as many
 * are kept as make up {@value #KEPT} with the newer ones: those that the model looks at.
 */
final class ShownCounter {
    /** A count restarts at one if the last impression is longer ago than this. */
    static final Duration WINDOW = Duration.ofDays(1);

    /** The number of items that are kept, however long ago they were shown. */
    static final int KEPT = 100;

    private ShownCounter() {}

    /**
     * Returns the profile with this impression counted, or the profile itself if the impression is
     * counted already: a user's impressions arrive in order, so all at or below {@code shownMark}
     * are.
     *
     * @param since position of the record that first stored the row: lower than {@code position}
     *     for an impression that is resubmitted from quarantine. If the mark has passed it, the
     *     impression counts as counted: a cap may then miss one impression, and never counts one
     *     twice.
     */
    static UserProfile with(
            UserProfile profile,
            Event.Impression impression,
            ShardPosition position,
            ShardPosition since) {
        ShardPosition mark = profile.shownMark();
        if (includes(profile, position)) {
            return profile;
        }
        if (mark != null && since.compareTo(mark) <= 0) {
            return profile.shown(profile.shown(), position);
        }
        Instant at = impression.header().correctedAt();
        Map<String, Shown> shown = new HashMap<>(profile.shown());
        for (String itemId : new LinkedHashSet<>(impression.itemIds())) {
            shown.merge(itemId, new Shown(1, at, at), (before, first) -> increment(before, at));
        }
        Instant first = profile.shownSince();
        return profile.with(
                new ShownItems(
                        latest(shown, at.minus(WINDOW)),
                        position,
                        first == null ? impression.header().receivedAt() : first));
    }

    /** Returns whether the profile was written after the impression at a position. */
    static boolean includes(UserProfile profile, ShardPosition position) {
        ShardPosition mark = profile.shownMark();
        return mark != null && position.compareTo(mark) <= 0;
    }

    private static Shown increment(Shown before, Instant at) {
        if (before.last().plus(WINDOW).isBefore(at)) {
            return new Shown(1, at, at);
        }
        Instant last = at.isAfter(before.last()) ? at : before.last();
        return new Shown(before.count() + 1, before.since(), last);
    }

    /** Returns the latest items: as many as are kept in any case, and those shown since then. */
    private static Map<String, Shown> latest(Map<String, Shown> shown, Instant since) {
        if (shown.size() <= KEPT) {
            return shown;
        }
        List<Map.Entry<String, Shown>> latestFirst =
                shown.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Shown>comparingByValue(
                                                Comparator.comparing(Shown::last).reversed())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(UserProfile.MAX_SHOWN)
                        .toList();
        Map<String, Shown> kept = new HashMap<>();
        for (Map.Entry<String, Shown> entry : latestFirst) {
            if (kept.size() < KEPT || entry.getValue().last().isAfter(since)) {
                kept.put(entry.getKey(), entry.getValue());
            }
        }
        return kept;
    }
}
