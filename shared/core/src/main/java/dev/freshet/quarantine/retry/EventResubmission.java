package dev.freshet.quarantine.retry;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.ingest.EventLog;
import dev.freshet.quarantine.Quarantine.Entry;
import dev.freshet.quarantine.retry.AppliedPositions.AlreadyApplied;
import dev.freshet.quarantine.retry.AppliedPositions.Available;
import dev.freshet.quarantine.retry.AppliedPositions.Exhausted;
import dev.freshet.quarantine.retry.AppliedPositions.Undetermined;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.Outcome;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a quarantined record of {@code events} into its stream again, with the position of the first
 * record, unless its example was learned or may still be in flight.
 */
record EventResubmission(
        EventLog events,
        AppliedPositions learned,
        Function<byte[], Event> decoder,
        Function<Event, byte[]> encoder) {
    /** Puts the record, or returns why not; does not settle the entry. */
    Outcome put(Entry entry, Assurance assurance) {
        Event event;
        try {
            event = decoder.apply(entry.payload());
        } catch (RuntimeException undecodable) {
            return Outcome.unreadable(undecodable);
        }
        if (event instanceof Event.Alias alias && alias.isOfItself()) {
            return new Outcome(State.UNREADABLE, "An id cannot be an alias of itself.");
        }
        List<ShardPosition> origins = origins(entry.position(), event);
        for (ShardPosition origin : origins) {
            Optional<Outcome> obstacle = obstacle(origin, entry, assurance);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
        }
        events.putAll(
                origins.stream()
                        .map(event::retrying)
                        .map(
                                resubmission ->
                                        new EventLog.Entry(
                                                resubmission.partitionKey(),
                                                encoder.apply(resubmission)))
                        .toList());
        return new Outcome(State.RETRIED, "It is in the stream again.");
    }

    /**
     * Returns the positions of the records whose row may be taken over. A resubmission that was
     * quarantined in turn may or may not have taken over the first record's row; one record is put
     * for each position, and one of them finds that the row belongs to another.
     */
    private static List<ShardPosition> origins(ShardPosition position, Event event) {
        ShardPosition first = event.header().retryOf();
        return first == null || event instanceof Event.Alias
                ? List.of(position)
                : List.of(first, position);
    }

    private Optional<Outcome> obstacle(ShardPosition origin, Entry entry, Assurance assurance) {
        return switch (learned.placement(origin, assurance.sendUnproven())) {
            case AlreadyApplied() -> Optional.of(Outcome.learned());
            case Undetermined() -> Optional.of(Outcome.unproven());
            case Available(ShardPosition source, int round)
                    when round == 0 && !entry.at().isBefore(assurance.foldedUntil()) ->
                    Optional.of(Outcome.waiting());
            case Available _ -> Optional.empty();
            case Exhausted() -> Optional.empty();
        };
    }
}
