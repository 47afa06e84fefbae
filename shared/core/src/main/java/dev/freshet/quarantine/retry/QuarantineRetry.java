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
 * Brings quarantined records back, each once in effect however often it is tried and wherever a try
 * dies.
 *
 * <p>A record of {@code events} goes into the stream again and names the record that it brings
 * back; <em>features</em> lets it take over a row that is absent or that record's own, so a second
 * one finds a row that is another's and does nothing. A record of {@code examples} is taken apart:
 * what the model has not learned of it is put again, under a source that the marks have not passed
 * ({@link RetryPosition}), and the entry stays open until the model log shows all of it.
 *
 * <p>Before either, the log is asked whether the example was learned: a mapping may give up a
 * record after its effect. Used by one thread; several of these at once do no harm.
 */
public final class QuarantineRetry {
    private final Quarantine quarantine;
    private final String examplesStream;
    private final AppliedPositions learned;
    private final EventResubmission eventAgain;
    private final ExampleResubmission examplesAgain;
    private final InstantSource clock;

    /**
     * Over its ports.
     *
     * @param examplesStream the name of the stream of examples, as it stands in shard names
     * @param decoder reads a record of {@code events}; whatever it throws means that it cannot
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
        this.eventAgain = new EventResubmission(events, learned, decoder, encoder);
        this.examplesAgain = new ExampleResubmission(examples, learned);
        this.clock = clock;
    }

    /** What came of a try. */
    public enum State {
        /** It stands in its stream again; settled. */
        RETRIED,
        /** Its effect is there already; settled. */
        LEARNED,
        /** Examples were put again; open until they are seen in the model: try once more then. */
        SENT,
        /** Its example may still be on its way: open, try again when training has caught up. */
        WAITING,
        /** The present code cannot take it either; open. */
        UNREADABLE,
        /** The log no longer reaches back to where it would show; open. */
        UNPROVEN,
        /** It had been settled before; nothing done. */
        SETTLED
    }

    /**
     * What came of it.
     *
     * @param sentence for people; names nobody
     */
    public record Outcome(State state, String sentence) {
        /** Whether the entry is out of the quarantine. */
        public boolean settled() {
            return switch (state) {
                case RETRIED, LEARNED, SETTLED -> true;
                case SENT, WAITING, UNREADABLE, UNPROVEN -> false;
            };
        }

        static Outcome learned() {
            return new Outcome(State.LEARNED, "The model has learned it.");
        }

        static Outcome unreadable(RuntimeException why) {
            return new Outcome(State.UNREADABLE, "It cannot be decoded: " + why.getMessage());
        }

        static Outcome waiting() {
            return new Outcome(
                    State.WAITING,
                    "Its example may be on its way: try again when training has caught up.");
        }

        static Outcome unproven() {
            return new Outcome(
                    State.UNPROVEN,
                    "The model log no longer reaches back to where it would tell whether it was learned.");
        }
    }

    /**
     * What is known beside the stores.
     *
     * @param foldedUntil training has folded, or given up, all that was put into {@code examples}
     *     before this moment; what lies further back than the stream keeps is always so
     * @param sendUnproven takes what the log no longer tells for not learned
     */
    public record Assurance(Instant foldedUntil, boolean sendUnproven) {}

    /**
     * Tries one entry.
     *
     * @throws StoreUnavailableException when a store or stream failed; trying again does no harm
     */
    public Outcome retry(Entry entry, Assurance assurance) {
        if (quarantine.settlement(entry.position()).isPresent()) {
            return new Outcome(State.SETTLED, "It was settled before.");
        }
        learned.look();
        Outcome outcome =
                entry.position().shard().startsWith(examplesStream + "/")
                        ? examplesAgain.put(entry, assurance)
                        : eventAgain.put(entry, assurance);
        if (outcome.settled()) {
            quarantine.settle(entry, Settling.RETRIED, clock.instant());
        }
        return outcome;
    }
}
