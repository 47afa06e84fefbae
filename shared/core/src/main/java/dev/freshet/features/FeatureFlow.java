package dev.freshet.features;

import dev.freshet.access.Signer;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.TraceId;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.example.ExampleTraces;
import dev.freshet.features.EventStep.Finished;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.Users;
import dev.freshet.store.Lanes;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processes a batch of {@code events} into rows and examples; each event takes effect once, however
 * often it is delivered.
 *
 * <p>Events of one user are processed in order, those of different users in parallel. The row of an
 * event is put if absent; if this record is the row's owner, now or from an earlier delivery, its
 * example is emitted. Only the finished prefix of the batch is emitted, in order: an example
 * emitted after an unfinished record would raise the high-water mark above that record.
 *
 * <p>A record that cannot be processed is quarantined and counts as finished. A record whose store
 * does not answer is unfinished: the batch ends there and is delivered again from there.
 */
public final class FeatureFlow {
    /** Users processed in parallel. */
    public static final int PARALLEL_USERS = 25;

    private static final int MAX_EXAMPLE_BYTES =
            ExampleLog.MAX_RECORD_BYTES - ExampleTraces.MAX_BYTES;

    private final EventStep step;
    private final Users users;
    private final ExampleLog examples;
    private final Quarantine quarantine;
    private final Function<byte[], Event> decoder;
    private final Supplier<Signer> exposures;
    private final InstantSource clock;
    private final Lanes lanes;

    /**
     * How events are read, stored and learned from.
     *
     * @param decoder reads a record's bytes; any exception means that they cannot be read
     * @param strengths returns the strength of an event by its type and value
     * @param factory creates examples under pseudonyms
     * @param exposures returns the signer derived by {@link Signer#EXPOSURE}
     * @param attribution how outcomes are attributed to lists
     * @param kept the properties of events that are kept in rows
     */
    public record Rules(
            Function<byte[], Event> decoder,
            ToDoubleBiFunction<EventType, Value> strengths,
            ExampleFactory factory,
            Supplier<Signer> exposures,
            AttributionRules attribution,
            KeptProperties kept) {}

    /**
     * Creates the flow over its ports.
     *
     * @param lanes the order of execution: a lane for each user
     */
    public FeatureFlow(
            UserStores stores,
            ExampleLog examples,
            Quarantine quarantine,
            Rules rules,
            InstantSource clock,
            Lanes lanes) {
        this.step = new EventStep(stores, rules);
        this.users = stores.users();
        this.examples = examples;
        this.quarantine = quarantine;
        this.decoder = rules.decoder();
        this.exposures = rules.exposures();
        this.clock = clock;
        this.lanes = lanes;
    }

    /**
     * The result of a batch.
     *
     * @param unfinished the lowest record that has to be delivered again; empty if all are finished
     * @param outcomes the number of finished records by outcome
     * @param emitted examples that are acknowledged
     * @param rowsWritten when the last row of this batch was stored
     * @param traces of the requests of the finished records, for the log; at most {@link
     *     ExampleTraces#MAX_TRACES}
     * @param freshnessMs for each event whose row this batch stored, the milliseconds from its
     *     receipt until then; at least 0. Events that were in quarantine have none
     * @param consents refusals of consent among the finished records
     * @param lists events among the finished records whose lists do not count
     */
    public record Outcome(
            Optional<ShardPosition> unfinished,
            Map<EventOutcome, Integer> outcomes,
            int emitted,
            Instant rowsWritten,
            List<TraceId> traces,
            List<Long> freshnessMs,
            ConsentCounts consents,
            ListCounts lists) {
        public Outcome {
            freshnessMs = List.copyOf(freshnessMs);
        }

        /** Returns the result of a batch of which nothing is finished. */
        private static Outcome ofNothing(List<StreamRecord> batch, Instant now) {
            return new Outcome(
                    batch.stream().findFirst().map(StreamRecord::position),
                    Map.of(),
                    0,
                    now,
                    List.of(),
                    List.of(),
                    new ConsentCounts(0, 0),
                    new ListCounts(0, 0));
        }

        /** Returns the number of finished records with this outcome. */
        public int count(EventOutcome outcome) {
            return outcomes.getOrDefault(outcome, 0);
        }
    }

    /**
     * Processes one batch.
     *
     * @param batch records of one shard, in ascending sequence
     * @param deadline no further record is begun from here on; a step in progress ends by its
     *     store's own timeout
     */
    public Outcome process(List<StreamRecord> batch, Instant deadline) {
        EventBatch read;
        try {
            read = EventBatch.read(batch, decoder, users, exposures);
        } catch (StoreUnavailableException profilesUnread) {
            return Outcome.ofNothing(batch, clock.instant());
        }
        @Nullable Processed[] processed = new Processed[batch.size()];
        int finished =
                lanes.finishedPrefix(
                        batch.size(),
                        i -> batch.get(i).partitionKey(),
                        i -> {
                            processed[i] =
                                    clock.instant().isBefore(deadline) ? processed(read, i) : null;
                            return processed[i] != null;
                        });
        return outcome(
                read,
                batch,
                Arrays.stream(processed).limit(finished).map(Objects::requireNonNull).toList(),
                clock.instant());
    }

    /**
     * A record that is finished.
     *
     * @param index of the record in its batch
     * @param freshnessMs from the receipt of the event until its row was stored; null if this batch
     *     stored none
     */
    private record Processed(int index, Finished finished, @Nullable Long freshnessMs) {}

    private @Nullable Processed processed(EventBatch batch, int i) {
        Finished finished = finish(batch, i);
        return finished == null
                ? null
                : new Processed(i, finished, freshness(batch.reading(i), finished.outcome()));
    }

    /** Returns the milliseconds from the receipt of an event until now, if its row was stored. */
    private @Nullable Long freshness(EventBatch.Reading reading, EventOutcome outcome) {
        return outcome == EventOutcome.STORED
                        && reading instanceof EventBatch.Decoded(Event event)
                        && event.header().retryOf() == null
                ? Long.valueOf(
                        Math.max(
                                0,
                                Duration.between(event.header().receivedAt(), clock.instant())
                                        .toMillis()))
                : null;
    }

    private @Nullable Finished finish(EventBatch batch, int i) {
        try {
            return switch (batch.reading(i)) {
                case EventBatch.Decoded(Event event) -> step.process(batch, batch.record(i), event);
                case EventBatch.Unreadable(String reason) ->
                        batch.isErased(batch.record(i))
                                ? Finished.of(EventOutcome.ERASED)
                                : quarantined(batch.record(i), reason);
            };
        } catch (StoreUnavailableException unanswered) {
            return null;
        } catch (RuntimeException broken) {
            return quarantined(batch.record(i), "threw: " + broken);
        }
    }

    private @Nullable Finished quarantined(StreamRecord record, String reason) {
        return Quarantine.tryPut(quarantine, record, reason, clock.instant())
                ? Finished.of(EventOutcome.QUARANTINED)
                : null;
    }

    /** Emits the examples of the finished prefix and returns the result of the batch. */
    private Outcome outcome(
            EventBatch read,
            List<StreamRecord> batch,
            List<Processed> finished,
            Instant rowsWritten) {
        int acknowledged = emit(read, finished);
        List<Finished> done =
                finished.subList(0, acknowledged).stream().map(Processed::finished).toList();
        Map<EventOutcome, Integer> outcomes = new EnumMap<>(EventOutcome.class);
        done.forEach(one -> outcomes.merge(one.outcome(), 1, Integer::sum));
        return new Outcome(
                batch.stream().skip(acknowledged).findFirst().map(StreamRecord::position),
                outcomes,
                (int) done.stream().filter(one -> one.example() != null).count(),
                rowsWritten,
                read.traces(IntStream.range(0, acknowledged)),
                finished.stream().map(Processed::freshnessMs).filter(Objects::nonNull).toList(),
                read.consents(acknowledged),
                ListCounts.of(done));
    }

    /**
     * Emits examples in the order of their records.
     *
     * @return the length of the prefix whose examples are acknowledged
     */
    private int emit(EventBatch read, List<Processed> finished) {
        List<Processed> learned =
                finished.stream().filter(one -> one.finished().example() != null).toList();
        List<Example> run =
                learned.stream()
                        .flatMap(one -> Stream.ofNullable(one.finished().example()))
                        .toList();
        for (ExampleParts.Part part : ExampleParts.of(run, MAX_EXAMPLE_BYTES)) {
            List<Processed> sent = learned.subList(part.from(), part.to());
            List<TraceId> traces = read.traces(sent.stream().mapToInt(Processed::index));
            try {
                examples.put(ExampleTraces.with(traces, part.bytes()));
            } catch (StoreUnavailableException unacknowledged) {
                return sent.getFirst().index();
            }
        }
        return finished.size();
    }

    /**
     * How many events came from users who refuse a purpose, by the consent that applies to them.
     *
     * @param withoutPersonalisation events of users who refuse personalisation
     * @param withoutAnalytics events of users who refuse analytics, or personalisation, without
     *     which analytics has no effect
     */
    public record ConsentCounts(int withoutPersonalisation, int withoutAnalytics) {}

    /**
     * How many events named a list that does not count for their users.
     *
     * @param ofOthers events of lists that somebody else asked for
     * @param ofNobody events of lists that were asked for without an id, or before their users
     *     counted
     */
    public record ListCounts(int ofOthers, int ofNobody) {
        private static ListCounts of(List<Finished> records) {
            return new ListCounts(
                    count(records, ListUse.OF_OTHERS), count(records, ListUse.OF_NOBODY));
        }

        private static int count(List<Finished> records, ListUse use) {
            return (int) records.stream().filter(one -> one.list() == use).count();
        }
    }

    /** The outcomes of a finished record of {@code events}. */
    public enum EventOutcome {
        /** A row was stored. */
        STORED,
        /**
         * The row was stored by an earlier delivery of this record: its example is emitted again.
         */
        REDELIVERED,
        /** The row was stored by another record: nothing is emitted. */
        DUPLICATE,
        /**
         * The user does not consent to personalisation: no row, no example. Or the user consents to
         * personalisation but not to analytics, and the event is an impression: no row, but the
         * items' impressions are counted.
         */
        WITHOUT_CONSENT,
        /**
         * An impression of a list that does not count for its user: no row, no example, but the
         * items' impressions are counted.
         */
        LIST_NOT_COUNTED,
        /** Received before its user was erased: no row, no example. */
        ERASED,
        /**
         * An erasure was processed: the rows are removed, and an example removes the user from the
         * model.
         */
        ERASURE,
        /**
         * A retraction of an interaction that is not stored, or no longer: its row is stored, no
         * example.
         */
        NOTHING_TO_RETRACT,
        /**
         * Resubmitted from quarantine after its user had retracted it: its row is stored, no
         * example.
         */
        ALREADY_RETRACTED,
        /** The anonymous id is linked to the user. */
        ALIASED,
        /** The anonymous id belongs to another user already: nothing changed. */
        ALIAS_REFUSED,
        /** Quarantined with its reason. */
        QUARANTINED
    }

    /**
     * Whether a record of {@code events} may leave rows, decided before anything is written: by
     * what its bytes are, and by the erasures and the consent of its users. {@link FeatureFlow} and
     * the lake decide alike.
     */
    public sealed interface Admission {
        /**
         * An event that may leave rows, without a list that does not count for its user.
         *
         * @param analytics whether its users consent to rows that only serve analytics
         */
        record Admitted(Event event, boolean analytics) implements Admission {}

        /** A record that leaves no row. */
        record Refused(EventOutcome why) implements Admission {}

        /**
         * Decides on a batch, by one read of the profiles of its users.
         *
         * @param batch records of one or several shards
         * @param decoder reads a record's bytes; any exception means that they cannot be read
         * @param exposures returns the signer derived by {@link Signer#EXPOSURE}
         * @return one decision for each record, in their order
         * @throws dev.freshet.store.StoreUnavailableException if the profiles cannot be read
         */
        static List<Admission> of(
                List<StreamRecord> batch,
                Function<byte[], Event> decoder,
                Users users,
                Supplier<Signer> exposures) {
            EventBatch read = EventBatch.read(batch, decoder, users, exposures);
            return IntStream.range(0, batch.size()).mapToObj(read::admission).toList();
        }
    }
}
