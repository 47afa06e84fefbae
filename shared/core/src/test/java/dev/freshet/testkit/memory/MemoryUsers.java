package dev.freshet.testkit.memory;

import dev.freshet.privacy.RowExpiry;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.RetentionPolicy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** User profiles in memory. */
public final class MemoryUsers implements Users {
    private record Row(UserProfile profile, long expiresAt) {}

    private final Map<String, Row> rows = new HashMap<>();
    private final InstantSource clock;

    public MemoryUsers(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized UserProfile get(String userId) {
        Row row = rows.get(userId);
        if (row == null) {
            return UserProfile.absent(userId);
        }
        boolean tombstone = row.profile().erasedAt() != null;
        boolean exists = tombstone || !RowExpiry.passed(row.expiresAt(), clock.instant());
        return exists ? row.profile() : UserProfile.absent(userId);
    }

    /** Returns all profiles, tombstones included. */
    public synchronized List<UserProfile> all() {
        return rows.keySet().stream().sorted().map(this::get).toList();
    }

    @Override
    public synchronized Map<String, UserProfile> getAll(Set<String> userIds) {
        if (userIds.size() > MAX_GET) {
            throw new IllegalArgumentException("at most " + MAX_GET + " profiles at once");
        }
        Map<String, UserProfile> found = new HashMap<>();
        userIds.forEach(id -> found.put(id, get(id)));
        return Map.copyOf(found);
    }

    @Override
    public synchronized boolean put(UserProfile changed) {
        if (get(changed.userId()).revision() != changed.revision()) {
            return false;
        }
        long expiresAt = RowExpiry.expiry(changed, clock.instant(), RetentionPolicy.DEFAULT);
        UserProfile next = changed.withRevision(changed.revision() + 1);
        rows.put(changed.userId(), new Row(next, expiresAt));
        return true;
    }
}
