package dev.freshet.quarantine.retry;

import dev.freshet.event.Event;
import dev.freshet.example.ExampleLog;
import dev.freshet.ingest.EventLog;
import dev.freshet.model.log.ModelLog;
import dev.freshet.quarantine.Quarantine;
import dev.freshet.quarantine.Quarantine.Entry;
import dev.freshet.quarantine.Quarantine.Settling;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
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
}
