package dev.freshet.aws.row;

import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Joins the rows of a reader's several ids into one history. */
public final class LatestRows {
    /** Most ids of one reader: the id as sent and its aliases. */
    public static final int MAX_IDS = 12;

    /** Most rows of one answer. */
    public static final int MAX_ROWS = 1_000;

    private static final Comparator<StoredInteraction> NEWEST_FIRST =
            Comparator.comparing(StoredInteraction::correctedAt)
                    .thenComparing(row -> EventKey.of(row).toString())
                    .thenComparing(StoredInteraction::userId)
                    .reversed();

    private LatestRows() {}

    /**
     * Refuses questions beyond the bounds.
     *
     * @throws IllegalArgumentException for more than {@value #MAX_IDS} ids or a limit not in 1 to
     *     {@value #MAX_ROWS}
     */
    public static void check(Collection<String> readerIds, int limit) {
        if (readerIds.size() > MAX_IDS) {
            throw new IllegalArgumentException("a reader has at most " + MAX_IDS + " ids");
        }
        if (limit < 1 || limit > MAX_ROWS) {
            throw new IllegalArgumentException("a limit must be 1 to " + MAX_ROWS);
        }
    }

    /**
     * Refuses pages beyond the bound.
     *
     * @throws IllegalArgumentException for more than {@value Interactions#MAX_PAGE} rows
     */
    public static void checkPage(int rows) {
        if (rows > Interactions.MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a page has at most " + Interactions.MAX_PAGE + " rows");
        }
    }

    /** Newest first by corrected time, ties by key, ≤ limit. */
    public static List<StoredInteraction> join(List<List<StoredInteraction>> byId, int limit) {
        List<StoredInteraction> all = new ArrayList<>();
        byId.forEach(all::addAll);
        all.sort(NEWEST_FIRST);
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    /**
     * The event's own row, then the rows that retract it, newest first; empty without its own.
     *
     * @param newestFirst of one reader
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
        boolean there = !about.isEmpty() && about.getFirst().eventId().equals(eventId);
        return there ? List.copyOf(about) : List.of();
    }
}
