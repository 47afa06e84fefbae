package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users.ProfileWrite;
import dev.freshet.store.StoreUnavailableException;
import java.util.Objects;

/**
 * Processes the record of an erasure in its shard: stores the record's position in the tombstone,
 * then removes every row that the tombstone covers. Idempotent.
 */
record ErasureStep(UserStores stores) {
    /** Most rows removed in one delivery; the next delivery continues. */
    static final int MAX_ROWS = 5_000;

    /**
     * Erases the rows of the erased id.
     *
     * @return the profile after the write
     * @throws StoreUnavailableException if a store failed, or rows are left: the record is to be
     *     delivered again
     */
    UserProfile erase(Event.Erasure erasure, ShardPosition position) {
        UserProfile current =
                ProfileWrite.apply(
                        stores.users(),
                        stores.users().get(erasure.erasedId()),
                        profile -> withTombstone(profile, erasure, position));
        Tombstone tombstone = Objects.requireNonNull(current.tombstone());
        if (!stores.remove(erasure.erasedId(), tombstone, removed -> removed < MAX_ROWS)
                .complete()) {
            throw new StoreUnavailableException(
                    "Interactions",
                    "more than " + MAX_ROWS + " rows to remove; the next delivery continues");
        }
        return current;
    }

    /**
     * Returns the profile with the erasure's position in its tombstone. The erasure flow writes the
     * tombstone before it puts the record, so normally the tombstone exists and the other data of
     * the profile is newer than it. The tombstone of a later erasure is kept.
     */
    private static UserProfile withTombstone(
            UserProfile profile, Event.Erasure erasure, ShardPosition position) {
        Tombstone own =
                Tombstone.of(erasure.header().eventId(), erasure.header().receivedAt())
                        .appliedAt(position);
        Tombstone existing = profile.tombstone();
        if (existing == null || existing.erasedAt().isBefore(own.erasedAt())) {
            return profile.erased(own);
        }
        return existing.erasureId().equals(own.erasureId())
                ? profile.withTombstone(existing.appliedAt(position))
                : profile;
    }
}
