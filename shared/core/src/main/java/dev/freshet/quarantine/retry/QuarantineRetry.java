package dev.freshet.quarantine.retry;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.features.Quarantine.Settling;
import dev.freshet.ingest.EventLog;
import dev.freshet.model.log.ModelLog;
import dev.freshet.quarantine.retry.AppliedPositions.AlreadyApplied;
import dev.freshet.quarantine.retry.AppliedPositions.Available;
import dev.freshet.quarantine.retry.AppliedPositions.Exhausted;
import dev.freshet.quarantine.retry.AppliedPositions.RetryPosition;
import dev.freshet.quarantine.retry.AppliedPositions.Undetermined;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.Outcome;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Resubmits quarantined records; each takes effect once, however often it is tried and wherever an
 * attempt fails.
 *
 * <p>A record of {@code events} is put into the stream again with the position of the first record;
 * <em>features</em> lets it take over a row that is absent or that the first record owns, so a
 * second resubmission finds a row that belongs to another record and has no effect. A record of
 * {@code examples} is decoded: the examples that the model has not learned are put again, under a
 * source that the marks have not passed ({@link RetryPosition}), and the entry stays open until the
 * model log contains all of them.
 *
 * <p>Before either, the log is searched for the example, since a mapping may give up a record after
 * its effect. Used by one thread; several instances at once are safe.
 */
public final class QuarantineRetry {
    private final Quarantine quarantine;
    private final String examplesStream;
    private final AppliedPositions learned;
    private final EventResubmission eventResubmission;
    private final ExampleResubmission exampleResubmission;
    private final InstantSource clock;

    /**
     * Creates the service over its ports.
     *
     * @param examplesStream the name of the stream of examples, the prefix of its shards' names
     * @param decoder reads a record of {@code events}; any exception means that it cannot be read
     */
    public QuarantineRetry(
            Quarantine quarantine,
            EventLog events,
            ExampleLog examples,
            String examplesStream,
            ModelLog log,
            Function<byte[], Event> decoder,
            Function<Event, byte[]> encoder,
            InstantSource clock) {
        this.quarantine = quarantine;
        this.examplesStream = examplesStream;
        this.learned = new AppliedPositions(log);
        this.eventResubmission = new EventResubmission(events, learned, decoder, encoder);
        this.exampleResubmission = new ExampleResubmission(examples, learned);
        this.clock = clock;
    }

    /** The result of an attempt. */
    public enum State {
        /** The record is in its stream again; settled. */
        RETRIED,
        /** The record's effect is in the model already; settled. */
        LEARNED,
        /** Examples were put again; open until they are in the model: try once more then. */
        SENT,
        /** The example may still be in flight; open: try again when training has caught up. */
        WAITING,
        /** The present code cannot decode the record either; open. */
        UNREADABLE,
        /** The log no longer reaches back to where the example would be; open. */
        UNPROVEN,
        /** The entry had been settled before; nothing was done. */
        SETTLED
    }

    /**
     * The result of an attempt on one entry.
     *
     * @param sentence for an operator; contains no ids of users
     */
    public record Outcome(State state, String sentence) {
        /** Returns whether the entry is settled. */
        public boolean settled() {
            return switch (state) {
                case RETRIED, LEARNED, SETTLED -> true;
                case SENT, WAITING, UNREADABLE, UNPROVEN -> false;
            };
        }

        static Outcome learned() {
            return new Outcome(State.LEARNED, "The model has learned it already.");
        }

        static Outcome unreadable(RuntimeException why) {
            return new Outcome(State.UNREADABLE, "It cannot be decoded: " + why.getMessage());
        }

        static Outcome waiting() {
            return new Outcome(
                    State.WAITING,
                    "Its example may still be in flight: try again when training has caught up.");
        }

        static Outcome unproven() {
            return new Outcome(
                    State.UNPROVEN,
                    "The model log no longer reaches back far enough to show whether it was learned.");
        }
    }

    /**
     * What the operator knows beyond the stores.
     *
     * @param foldedUntil training has learned, or given up, everything put into {@code examples}
     *     before this moment; true of everything older than the stream's retention
     * @param sendUnproven whether an example of which the log no longer shows whether it was
     *     learned counts as not learned
     */
    public record Assurance(Instant foldedUntil, boolean sendUnproven) {}

    /**
     * Tries one entry.
     *
     * @throws StoreUnavailableException if a store or stream failed; trying again is safe
     */
    public Outcome retry(Entry entry, Assurance assurance) {
        if (quarantine.settlement(entry.position()).isPresent()) {
            return new Outcome(State.SETTLED, "It was settled before; nothing was done.");
        }
        learned.refresh();
        Outcome outcome =
                entry.position().shard().startsWith(examplesStream + "/")
                        ? exampleResubmission.put(entry, assurance)
                        : eventResubmission.put(entry, assurance);
        if (outcome.settled()) {
            quarantine.settle(entry, Settling.RETRIED, clock.instant());
        }
        return outcome;
    }

    /**
     * Puts a quarantined record of {@code events} into its stream again, with the position of the
     * first record, unless its example was learned or may still be in flight.
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
         * quarantined in turn may or may not have taken over the first record's row; one record is
         * put for each position, and one of them finds that the row belongs to another.
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

    /**
     * Decodes a quarantined record of {@code examples} and puts again those that the model has not
     * learned, each under the first of its {@link RetryPosition}s that the marks have not passed.
     * While an example is in flight, that is the source under which it was put, so putting it twice
     * has the effect of once.
     */
    record ExampleResubmission(ExampleLog examples, AppliedPositions learned) {

        /** Puts the examples, or returns why not; does not settle the entry. */
        Outcome put(Entry entry, Assurance assurance) {
            List<Example> decoded;
            try {
                decoded = ExampleCodec.decode(entry.payload());
            } catch (RuntimeException undecodable) {
                return Outcome.unreadable(undecodable);
            }
            List<Example> missing = new ArrayList<>();
            List<Example> itemChanges = new ArrayList<>();
            for (Example example : decoded) {
                if (!(example instanceof Example.FromEvents interaction)) {
                    itemChanges.add(example);
                    continue;
                }
                ShardPosition origin = RetryPosition.origin(interaction.source());
                switch (learned.placement(origin, assurance.sendUnproven())) {
                    case AlreadyApplied() -> {}
                    case Undetermined() -> {
                        return Outcome.unproven();
                    }
                    case Available(ShardPosition source, int round) ->
                            missing.add(interaction.from(source));
                    case Exhausted() ->
                            throw new IllegalStateException(
                                    "passed over in "
                                            + RetryPosition.MAX_ROUNDS
                                            + " rounds: "
                                            + origin);
                }
            }
            if (missing.isEmpty() && itemChanges.isEmpty()) {
                return Outcome.learned();
            }
            int notLearned = missing.size();
            missing.addAll(itemChanges);
            ExampleParts.putAll(missing, examples);
            return notLearned == 0
                    ? new Outcome(State.RETRIED, "Its items are in the stream again.")
                    : new Outcome(
                            State.SENT,
                            "%d of its %d examples were not learned and are in the stream again."
                                    .formatted(notLearned, decoded.size()));
        }
    }
}
