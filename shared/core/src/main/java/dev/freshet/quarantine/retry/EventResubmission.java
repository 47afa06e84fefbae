package dev.freshet.quarantine.retry;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.ingest.EventLog;
import dev.freshet.quarantine.Quarantine.Entry;
import dev.freshet.quarantine.retry.AppliedPositions.Free;
import dev.freshet.quarantine.retry.AppliedPositions.Known;
import dev.freshet.quarantine.retry.AppliedPositions.Spent;
import dev.freshet.quarantine.retry.AppliedPositions.Untold;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.Outcome;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a quarantined record of {@code events} into its stream again, naming the record that it
 * brings back, unless its example was learned or may still be.
 */
record EventResubmission(
        EventLog events,
        AppliedPositions learned,
        Function<byte[], Event> decoder,
        Function<Event, byte[]> encoder) {
    /** Puts, or says why not; settles nothing. */
    Outcome put(Entry entry, Assurance assurance) {
        Event event;
        try {
            event = decoder.apply(entry.payload());
        } catch (RuntimeException undecodable) {
            return Outcome.unreadable(undecodable);
        }
        if (event instanceof Event.Alias alias && alias.isOfItself()) {
            return new Outcome(State.UNREADABLE, "An id cannot become an alias of itself.");
        }
        List<ShardPosition> origins = origins(entry.position(), event);
        for (ShardPosition origin : origins) {
            Optional<Outcome> hindrance = hindrance(origin, entry, assurance);
            if (hindrance.isPresent()) {
                return hindrance.get();
            }
        }
        events.putAll(
                origins.stream()
                        .map(event::retrying)
                        .map(
                                again ->
                                        new EventLog.Entry(
                                                again.partitionKey(), encoder.apply(again)))
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
        return switch (learned.place(origin, assurance.sendUnproven())) {
            case Known() -> Optional.of(Outcome.learned());
            case Untold() -> Optional.of(Outcome.unproven());
            case Free(ShardPosition source, int round)
                    when round == 0 && !entry.at().isBefore(assurance.foldedUntil()) ->
                    Optional.of(Outcome.waiting());
            case Free free -> Optional.empty();
            case Spent() -> Optional.empty();
        };
    }
}
