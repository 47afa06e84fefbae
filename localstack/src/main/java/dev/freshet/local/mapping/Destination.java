package dev.freshet.local.mapping;

import java.time.Instant;

/** On-failure destination for batches that are given up. */
public interface Destination {

    /** Destination that drops records, for a mapping without one. */
    Destination NONE = (notice, text) -> {};

    /**
     * Stores one invocation record; an exception means that the call is repeated later.
     *
     * @param text the invocation record, JSON
     */
    void keep(Notice notice, String text);

    /**
     * Metadata under which a record is stored.
     *
     * @param mapping id of the mapping
     * @param at time of giving up
     * @param id unique id
     */
    record Notice(String mapping, String shard, Instant at, String id) {}
}
