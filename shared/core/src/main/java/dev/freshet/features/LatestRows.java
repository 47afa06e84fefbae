package dev.freshet.features;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Merging and bounds of interaction queries, shared by all implementations of {@link Interactions}.
 */
public final class LatestRows {
    /** Maximum number of ids of one user: the id as sent and its aliases. */
    public static final int MAX_IDS = 12;

    /** Maximum number of rows of one response. */
    public static final int MAX_ROWS = 1_000;

    private static final Comparator<StoredInteraction> NEWEST_FIRST =
            Comparator.comparing(StoredInteraction::correctedAt)
                    .thenComparing(row -> EventKey.of(row).toString())
                    .thenComparing(StoredInteraction::userId)
                    .reversed();

    private LatestRows() {}

    /**
     * Checks the bounds of a query.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_IDS} ids, or the limit
     *     is not in 1 to {@value #MAX_ROWS}
     */
    public static void check(Collection<String> userIds, int limit) {
        if (userIds.size() > MAX_IDS) {
            throw new IllegalArgumentException("a user has at most " + MAX_IDS + " ids");
        }
        if (limit < 1 || limit > MAX_ROWS) {
            throw new IllegalArgumentException("a limit must be 1 to " + MAX_ROWS);
        }
    }

    /**
     * Checks the bound of a page.
     *
     * @throws IllegalArgumentException if there are more than {@value Interactions#MAX_PAGE} rows
     */
    public static void checkPage(int rows) {
        if (rows > Interactions.MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a page has at most " + Interactions.MAX_PAGE + " rows");
        }
    }

    /**
     * Merges the rows of several ids into one history, newest first by corrected time, ties broken
     * by key, cut at the limit.
     */
    public static List<StoredInteraction> join(List<List<StoredInteraction>> byId, int limit) {
        List<StoredInteraction> all = new ArrayList<>();
        byId.forEach(all::addAll);
        all.sort(NEWEST_FIRST);
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    /**
     * Selects the row of one event, followed by the rows that retract it, newest first. Empty if
     * the event's own row is not among the given ones.
     *
     * @param newestFirst rows of one user
     */
    public static List<StoredInteraction> about(
            String eventId, List<StoredInteraction> newestFirst) {
        List<StoredInteraction> about = new ArrayList<>();
        for (StoredInteraction row : newestFirst) {
            if (row.eventId().equals(eventId)) {
                about.addFirst(row);
            } else if (eventId.equals(row.retracts())) {
                about.add(row);
            }
        }
        boolean found = !about.isEmpty() && about.getFirst().eventId().equals(eventId);
        return found ? List.copyOf(about) : List.of();
    }
}
