package dev.freshet.privacy;

import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.UserIdentity;
import dev.freshet.ingest.EventLog;
import dev.freshet.profile.Tombstone;
import java.util.List;
import java.util.function.Function;

/**
 * Puts the records of an erasure into {@code events}: one for the id, and two for each alias.
 *
 * @param encoder returns the bytes of a record
 */
record ErasureRecords(EventLog events, Function<Event, byte[]> encoder) {
    /**
     * Puts the records in this order: under each alias an erasure of the user's basket, since a
     * merge may be in flight there; under each alias its own erasure; last the erasure of the id
     * itself. Where the last one has been processed, all of them are in the stream.
     *
     * @return how many were put
     * @throws dev.freshet.store.StoreUnavailableException if the stream did not acknowledge one
     */
    int put(String id, Tombstone tombstone) {
        List<String> aliases = tombstone.aliases();
        put(aliases.stream().map(alias -> erasure(alias, id, tombstone)).toList());
        put(aliases.stream().map(alias -> erasure(alias, alias, tombstone)).toList());
        put(List.of(erasure(id, id, tombstone)));
        return 2 * aliases.size() + 1;
    }

    private void put(List<Event> some) {
        events.putAll(
                some.stream()
                        .map(
                                event ->
                                        new EventLog.Entry(
                                                event.partitionKey(), encoder.apply(event)))
                        .toList());
    }

    private static Event erasure(String partitionId, String erasedId, Tombstone tombstone) {
        return new Event.Erasure(
                EventHeader.of(
                        tombstone.erasureId(),
                        UserIdentity.anonymous(partitionId),
                        tombstone.erasedAt()),
                erasedId);
    }
}
