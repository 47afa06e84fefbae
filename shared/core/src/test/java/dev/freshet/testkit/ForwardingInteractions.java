package dev.freshet.testkit;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Interactions that forward every call to a delegate, for tests that override some of the methods.
 */
public abstract class ForwardingInteractions implements Interactions {
    private final Interactions delegate;

    protected ForwardingInteractions(Interactions delegate) {
        this.delegate = delegate;
    }

    @Override
    public Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
        return delegate.putIfAbsent(row, retryOf);
    }

    @Override
    public List<StoredInteraction> latest(List<String> userIds, int limit) {
        return delegate.latest(userIds, limit);
    }

    @Override
    public List<StoredInteraction> withRetractions(String userId, String eventId) {
        return delegate.withRetractions(userId, eventId);
    }

    @Override
    public Page<StoredInteraction> page(String userId, @Nullable String after, int limit) {
        return delegate.page(userId, after, limit);
    }

    @Override
    public List<StoredInteraction> newest(String userId, @Nullable Position before, int limit) {
        return delegate.newest(userId, before, limit);
    }

    @Override
    public int remove(List<StoredInteraction> rows) {
        return delegate.remove(rows);
    }
}
