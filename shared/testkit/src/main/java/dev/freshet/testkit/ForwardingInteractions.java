package dev.freshet.testkit;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Interactions that are another's, for tests that change a part of them. */
public abstract class ForwardingInteractions implements Interactions {
    private final Interactions sound;

    protected ForwardingInteractions(Interactions sound) {
        this.sound = sound;
    }

    @Override
    public Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
        return sound.putIfAbsent(row, retryOf);
    }

    @Override
    public List<StoredInteraction> latest(List<String> readerIds, int limit) {
        return sound.latest(readerIds, limit);
    }

    @Override
    public List<StoredInteraction> withRetractions(String userId, String eventId) {
        return sound.withRetractions(userId, eventId);
    }

    @Override
    public Page page(String readerId, @Nullable String after, int limit) {
        return sound.page(readerId, after, limit);
    }

    @Override
    public int remove(List<StoredInteraction> rows) {
        return sound.remove(rows);
    }
}
