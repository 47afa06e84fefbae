package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.profile.ProfileWrite;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.StoreUnavailableException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a reader's erasure does when it takes its turn in the shard: the tombstone is told where,
 * then every row goes that it covers. Each time the same, however often the record is delivered.
 */
final class ErasureStep {
    /** Most rows removed at one delivery; a further one goes on. */
    static final int MAX_ROWS = 5_000;

    private final Interactions interactions;
    private final Users users;

    ErasureStep(Interactions interactions, Users users) {
        this.interactions = interactions;
        this.users = users;
    }

    /**
     * @return the profile as it stands now
     * @throws StoreUnavailableException when a store failed, or rows are left: to be taken again
     */
    UserProfile erase(Event.Erasure erasure, ShardPosition position) {
        UserProfile stands =
                ProfileWrite.apply(
                        users,
                        users.get(erasure.erasedId()),
                        seen -> entombed(seen, erasure, position));
        removeRows(erasure.erasedId(), Objects.requireNonNull(stands.tombstone()));
        return stands;
    }

    /**
     * Who erases puts the tombstone first, so as a rule it is there, and what stands beside it came
     * after. A later erasure's tombstone stays as it is.
     */
    private static UserProfile entombed(
            UserProfile seen, Event.Erasure erasure, ShardPosition position) {
        Tombstone own =
                Tombstone.of(erasure.header().eventId(), erasure.header().receivedAt())
                        .taken(position);
        Tombstone there = seen.tombstone();
        if (there == null || there.erasedAt().isBefore(own.erasedAt())) {
            return seen.erased(own);
        }
        return there.erasureId().equals(own.erasureId()) ? seen.under(there.taken(position)) : seen;
    }

    private void removeRows(String readerId, Tombstone tombstone) {
        int looked = 0;
        @Nullable String after = null;
        do {
            if (looked >= MAX_ROWS) {
                throw new StoreUnavailableException(
                        "Interactions",
                        new IllegalStateException("more than " + MAX_ROWS + " rows to remove"));
            }
            Interactions.Page page = interactions.page(readerId, after, Interactions.MAX_PAGE);
            List<StoredInteraction> gone =
                    page.rows().stream()
                            .filter(row -> tombstone.covers(row.receivedAt(), row.owner()))
                            .toList();
            interactions.remove(gone);
            looked += gone.size();
            after = page.next();
        } while (after != null);
    }
}
