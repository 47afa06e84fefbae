package dev.freshet.features;

import dev.freshet.profile.Tombstone;
import dev.freshet.profile.Users;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables that hold data of users, and the removal of the rows that an erasure covers. */
public record UserStores(Interactions interactions, Exposures exposures, Users users) {
    /** Most pages of each table that are searched for rows left. */
    private static final int MAX_PAGES = 50;

    /**
     * The result of a removal.
     *
     * @param rows how many rows were removed
     * @param complete false if rows may be left
     */
    public record Removed(int rows, boolean complete) {}

    /**
     * Removes the rows of an id that a tombstone covers, page by page.
     *
     * @param goesOn whether another page may be begun, by the number of rows removed so far
     */
    public Removed remove(String userId, Tombstone tombstone, IntPredicate goesOn) {
        Removed acts = remove(interactions, userId, tombstone, goesOn);
        if (!acts.complete) {
            return acts;
        }
        Removed lists =
                remove(exposures, userId, tombstone, soFar -> goesOn.test(acts.rows + soFar));
        return new Removed(acts.rows + lists.rows, lists.complete);
    }

    private static <R extends UserRows.Row> Removed remove(
            UserRows<R> from, String userId, Tombstone tombstone, IntPredicate goesOn) {
        int removed = 0;
        @Nullable String after = null;
        do {
            if (!goesOn.test(removed)) {
                return new Removed(removed, false);
            }
            UserRows.Page<R> page = from.page(userId, after, UserRows.MAX_PAGE);
            removed +=
                    from.remove(
                            page.rows().stream().filter(row -> covers(tombstone, row)).toList());
            after = page.next();
        } while (after != null);
        return new Removed(removed, true);
    }

    /**
     * Returns whether no row of an id is left that the tombstone covers. Rows beyond the bound
     * count as removed: as many newer ones precede them.
     */
    public boolean areGone(String userId, Tombstone tombstone) {
        return areGone(interactions, userId, tombstone) && areGone(exposures, userId, tombstone);
    }

    private static <R extends UserRows.Row> boolean areGone(
            UserRows<R> from, String userId, Tombstone tombstone) {
        @Nullable String after = null;
        for (int pages = 0; pages == 0 || (after != null && pages < MAX_PAGES); pages++) {
            UserRows.Page<R> page = from.page(userId, after, UserRows.MAX_PAGE);
            if (page.rows().stream().anyMatch(row -> covers(tombstone, row))) {
                return false;
            }
            after = page.next();
        }
        return true;
    }

    /** Returns whether an id has any row. */
    public boolean exist(String userId) {
        return Stream.of(interactions, exposures)
                .map(from -> from.page(userId, null, 1))
                .anyMatch(page -> !page.rows().isEmpty() || page.next() != null);
    }

    private static boolean covers(Tombstone tombstone, UserRows.Row row) {
        return tombstone.covers(row.receivedAt(), row.owner());
    }
}
