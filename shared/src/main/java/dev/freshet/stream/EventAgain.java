package dev.freshet.stream;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.stream.Quarantine.Entry;
import dev.freshet.stream.QuarantineRetry.Assurance;
import dev.freshet.stream.QuarantineRetry.Outcome;
import dev.freshet.stream.QuarantineRetry.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a quarantined record of {@code events} into its stream again, naming the record that it
 * brings back, unless its example was learned or may still be.
 */
record EventAgain(
        EventLog events,
        LearnedSources learned,
        Function<byte[], Event> decoder,
        Function<Event, byte[]> encoder) {
    /** Most puts of one event. */
    private static final int MAX_PUTS = 3;

    /** Puts, or says why not; settles nothing. */
    Outcome put(Entry entry, Assurance assurance) {
        Event event;
        try {
            event = decoder.apply(entry.payload());
        } catch (RuntimeException undecodable) {
            return Outcome.unreadable(undecodable);
        }
        if (event instanceof Event.Alias(var header, String anonymousId, String userId)
                && anonymousId.equals(userId)) {
            return new Outcome(State.UNREADABLE, "An id cannot become an alias of itself.");
        }
        List<ShardPosition> origins = origins(entry.position(), event);
        for (ShardPosition origin : origins) {
            Optional<Outcome> hindrance = hindrance(origin, entry, assurance);
            if (hindrance.isPresent()) {
                return hindrance.get();
            }
        }
        put(
                origins.stream()
                        .map(event::retrying)
                        .map(again -> new EventLog.Entry(owner(again), encoder.apply(again)))
                        .toList());
        return new Outcome(State.RETRIED, "It stands in the stream again.");
    }

    /**
     * The records whose row may be taken over. A retry that was quarantined in turn may or may not
     * have taken over the first one's row; one record is sent for each, and one of them finds a row
     * that is another's.
     */
    private static List<ShardPosition> origins(ShardPosition position, Event event) {
        ShardPosition first = event.header().retryOf();
        return first == null || event instanceof Event.Alias
                ? List.of(position)
                : List.of(first, position);
    }

    private Optional<Outcome> hindrance(ShardPosition origin, Entry entry, Assurance assurance) {
        for (int round = 0; round < RetryPosition.MAX_ROUNDS; round++) {
            switch (learned.of(RetryPosition.of(origin, round))) {
                case LEARNED -> {
                    return Optional.of(Outcome.learned());
                }
                case NOT_REACHED -> {
                    boolean folded = round > 0 || entry.at().isBefore(assurance.foldedUntil());
                    return folded ? Optional.empty() : Optional.of(Outcome.waiting());
                }
                case UNKNOWN -> {
                    if (!assurance.sendUnproven()) {
                        return Optional.of(Outcome.unproven());
                    }
                }
                case PASSED_OVER -> {}
            }
        }
        return Optional.empty();
    }

    private static String owner(Event event) {
        return event instanceof Event.Alias alias
                ? alias.anonymousId()
                : event.header().reader().id();
    }

    private void put(List<EventLog.Entry> entries) {
        List<EventLog.Entry> left = entries;
        for (int put = 0; put < MAX_PUTS && !left.isEmpty(); put++) {
            List<EventLog.Entry> these = left;
            left = events.put(these).stream().map(these::get).toList();
        }
        if (!left.isEmpty()) {
            throw new StoreUnavailableException(
                    "The stream of events",
                    new IllegalStateException("it did not acknowledge in " + MAX_PUTS + " puts"));
        }
    }
}
