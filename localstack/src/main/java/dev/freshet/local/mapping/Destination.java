package dev.freshet.local.mapping;

import java.time.Instant;

/** Where batches go that are given up. */
public interface Destination {

    /** Drops them, as a mapping without a destination does. */
    Destination NONE = (notice, text) -> {};

    /**
     * Keeps one invocation record; throws when it cannot, and is asked again later.
     *
     * @param text the invocation record, JSON
     */
    void keep(Notice notice, String text);

    /**
     * What the record is filed under.
     *
     * @param mapping the mapping's id
     * @param id unique
     */
    record Notice(String mapping, String shard, Instant at, String id) {}
}
