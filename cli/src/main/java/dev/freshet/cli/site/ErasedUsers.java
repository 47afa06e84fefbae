package dev.freshet.cli.site;

import dev.freshet.aws.dynamodb.ScanPage;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Users whom a stack erased since an export began, by the tombstones of its table of users.
 *
 * @param ids their ids and those of their aliases
 * @param tableIsEmpty whether the table has no row, so that it proves nothing
 */
record ErasedUsers(Set<String> ids, boolean tableIsEmpty) {
    /**
     * How far the clock of the machine that exported may have been ahead of the stack's: an erasure
     * within this time before the export counts as later.
     */
    static final Duration CLOCKS = Duration.ofHours(1);

    ErasedUsers {
        ids = Set.copyOf(ids);
    }

    /** Reads the whole table, at half a read unit for each 4 KB. */
    static ErasedUsers since(Instant exportedAt, SiteTables tables) {
        Instant from = exportedAt.minus(CLOCKS);
        Set<String> ids = new HashSet<>();
        boolean empty = true;
        Map<String, String> after = Map.of();
        do {
            ScanPage<UserProfile> page = tables.users(after);
            for (UserProfile profile : page.rows()) {
                empty = false;
                Tombstone tombstone = profile.tombstone();
                if (tombstone != null && tombstone.erasedAt().isAfter(from)) {
                    ids.add(profile.userId());
                    ids.addAll(tombstone.aliases());
                }
            }
            after = page.next();
        } while (!after.isEmpty());
        return new ErasedUsers(ids, empty);
    }
}
