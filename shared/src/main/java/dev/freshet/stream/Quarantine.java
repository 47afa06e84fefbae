package dev.freshet.stream;

import dev.freshet.event.ShardPosition;
import java.time.Instant;

/**
 * Port: where a record goes that cannot be taken, so that its shard moves on and nothing is lost.
 */
public interface Quarantine {
    /**
     * A record that could not be taken, and why.
     *
     * @param reason stable, kebab-case, with a sentence behind a colon
     * @param payload the record's bytes as they came
     */
    record Entry(
            ShardPosition position,
            String partitionKey,
            String reason,
            Instant at,
            byte[] payload) {}

    /**
     * Keeps the entry under a key made of its position: the same record twice is one object.
     *
     * @throws dev.freshet.feature.StoreUnavailableException when it could not be kept
     */
    void put(Entry entry);
}
