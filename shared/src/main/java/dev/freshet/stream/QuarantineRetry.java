package dev.freshet.stream;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.model.Example;
import dev.freshet.model.ExampleCodec;
import dev.freshet.model.ModelLog;
import dev.freshet.stream.Quarantine.Entry;
import dev.freshet.stream.Quarantine.Settling;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    /** Most puts of one event. */
    private static final int MAX_PUTS = 3;

    private final Quarantine quarantine;
    private final EventLog events;
    private final ExampleLog examples;
    private final String examplesStream;
    private final LearnedSources learned;
    private final Function<byte[], Event> decoder;
    private final Function<Event, byte[]> encoder;
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
        this.events = events;
        this.examples = examples;
        this.examplesStream = examplesStream;
        this.learned = new LearnedSources(log);
        this.decoder = decoder;
        this.encoder = encoder;
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
        return entry.position().shard().startsWith(examplesStream + "/")
                ? examplesAgain(entry, assurance)
                : eventAgain(entry, assurance);
    }

    private Outcome eventAgain(Entry entry, Assurance assurance) {
        Event event;
        try {
            event = decoder.apply(entry.payload());
        } catch (RuntimeException undecodable) {
            return unreadable(undecodable);
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
                        .map(origin -> event.retrying(origin))
                        .map(again -> new EventLog.Entry(owner(again), encoder.apply(again)))
                        .toList());
        return settled(entry, State.RETRIED, "It stands in the stream again.");
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
                    return Optional.of(alreadyLearned(entry));
                }
                case NOT_REACHED -> {
                    boolean settledFor = round > 0 || entry.at().isBefore(assurance.foldedUntil());
                    return settledFor ? Optional.empty() : Optional.of(waiting());
                }
                case UNKNOWN -> {
                    if (!assurance.sendUnproven()) {
                        return Optional.of(unproven());
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

    private Outcome examplesAgain(Entry entry, Assurance assurance) {
        List<Example> held;
        try {
            held = ExampleCodec.decode(entry.payload());
        } catch (RuntimeException undecodable) {
            return unreadable(undecodable);
        }
        List<Example> missing = new ArrayList<>();
        List<Example> byVersion = new ArrayList<>();
        for (Example example : held) {
            if (!(example instanceof Example.FromEvents met)) {
                byVersion.add(example);
                continue;
            }
            switch (place(RetryPosition.origin(met.source()), assurance)) {
                case Known() -> {}
                case Untold() -> {
                    return unproven();
                }
                case Free(ShardPosition source) -> missing.add(met.from(source));
            }
        }
        if (missing.isEmpty() && byVersion.isEmpty()) {
            return alreadyLearned(entry);
        }
        int asked = missing.size();
        missing.addAll(byVersion);
        for (ExampleParts.Part part : ExampleParts.of(missing, ExampleLog.MAX_RECORD_BYTES)) {
            examples.put(part.bytes());
        }
        return asked == 0
                ? settled(entry, State.RETRIED, "Its items stand in the stream again.")
                : new Outcome(
                        State.SENT,
                        "%d of its %d examples were not learned and stand in the stream again."
                                .formatted(asked, held.size()));
    }

    private sealed interface Place {}

    private record Known() implements Place {}

    private record Untold() implements Place {}

    private record Free(ShardPosition source) implements Place {}

    private Place place(ShardPosition origin, Assurance assurance) {
        for (int round = 0; round < RetryPosition.MAX_ROUNDS; round++) {
            ShardPosition source = RetryPosition.of(origin, round);
            switch (learned.of(source)) {
                case LEARNED -> {
                    return new Known();
                }
                case NOT_REACHED -> {
                    return new Free(source);
                }
                case UNKNOWN -> {
                    if (!assurance.sendUnproven()) {
                        return new Untold();
                    }
                }
                case PASSED_OVER -> {}
            }
        }
        throw new IllegalStateException(
                "passed over in " + RetryPosition.MAX_ROUNDS + " rounds: " + origin);
    }

    private Outcome settled(Entry entry, State state, String sentence) {
        quarantine.settle(entry, Settling.RETRIED, clock.instant());
        return new Outcome(state, sentence);
    }

    private Outcome alreadyLearned(Entry entry) {
        return settled(entry, State.LEARNED, "The model has learned it.");
    }

    private static Outcome unreadable(RuntimeException why) {
        return new Outcome(State.UNREADABLE, "It cannot be decoded: " + why.getMessage());
    }

    private static Outcome waiting() {
        return new Outcome(
                State.WAITING,
                "Its example may be on its way: try again when training has caught up.");
    }

    private static Outcome unproven() {
        return new Outcome(
                State.UNPROVEN,
                "The model log no longer reaches back to where it would tell whether it was learned.");
    }
}
