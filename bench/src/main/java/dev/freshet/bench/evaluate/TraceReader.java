package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Trace.Numbers;
import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.bench.evaluate.TraceFormat.UnreadableLineException;
import dev.freshet.catalog.Item;
import dev.freshet.event.Event;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.features.StoredInteraction;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.Submission;
import dev.freshet.ingest.UserAgents;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.profile.UserProfile;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Reader of a file of events, with the validation of {@code POST /v1/events}. It orders the events
 * by time, and events of equal time by a seeded shuffle. (A file's own order within a second may
 * reveal the future: if it is sorted by item, for example, a next-item table learns the order of
 * the file.)
 */
final class TraceReader {
    private static final String SHARD = "replay/shardId-000000000000";

    private static final byte[] NOTHING = {};

    private final TraceFormat format;
    private final EventReader reader;
    private final ReceiptContext receipt;
    private final Ties ties;
    private final Strengths strengths;

    /** Order of events of equal time. */
    sealed interface Ties {
        /** Random order. */
        record Shuffled(long seed) implements Ties {}

        /** Order of the file. */
        record OfFile() implements Ties {}
    }

    /**
     * Creates a reader of one format.
     *
     * @param now latest allowed time of an event
     * @param types the types of events, with those of an owner
     */
    TraceReader(TraceFormat format, Instant now, Ties ties, EventTypes types) {
        this.strengths = Strengths.of(types);
        this.format = format;
        this.ties = ties;
        this.reader =
                new EventReader(
                        () -> {
                            throw new IllegalStateException(
                                    "exposures are not supported by the evaluation");
                        },
                        new UserAgents(),
                        new RateLimit(),
                        UnaryOperator.identity(),
                        types);
        ImportPermit everything = new ImportPermit(now.plus(Duration.ofDays(1)), Instant.EPOCH);
        this.receipt = ReceiptContext.importing(now, everything);
    }

    /** Reads the lines of a file; unusable ones are part of the result. */
    Trace read(List<String> lines, List<Item> catalogue, Map<String, UserProfile> profiles) {
        List<Event.Interaction> events = new ArrayList<>();
        List<Trace.BadLine> unread = new ArrayList<>();
        int unreadLines = 0;
        long number = 0;
        for (String line : lines) {
            number++;
            if (line.isBlank() || (number == 1 && format.isHeader(line))) {
                continue;
            }
            try {
                events.add(interaction(format.event(number, line)));
            } catch (UnreadableLineException bad) {
                unreadLines++;
                if (unread.size() < Trace.MAX_REPORTED) {
                    unread.add(new Trace.BadLine(number, String.valueOf(bad.getMessage())));
                }
            }
        }
        if (ties instanceof Ties.Shuffled(long seed)) {
            Collections.shuffle(events, new Random(seed));
        }
        events.sort(Comparator.comparing(event -> event.header().correctedAt()));
        return trace(events, catalogue, profiles, unread, unreadLines);
    }

    private Event.Interaction interaction(ObjectNode json) {
        Submission.Part part = new Submission.Part(0, json, json.toString().length());
        return switch (reader.read(part, Optional.empty(), receipt, new AgentQuota())) {
            case EventReader.Reading.Rejected refused ->
                    throw new UnreadableLineException(refused.rejection().detail());
            case EventReader.Reading.Accepted(int index, Event.Interaction event)
                    when event.target().isItem() ->
                    event;
            case EventReader.Reading.Accepted other ->
                    throw new UnreadableLineException(
                            "The line is not an interaction with an item.");
        };
    }

    private Trace trace(
            List<Event.Interaction> events,
            List<Item> catalogue,
            Map<String, UserProfile> profiles,
            List<Trace.BadLine> unread,
            int unreadLines) {
        Numbers people = new Numbers();
        Numbers items = new Numbers();
        Numbers sessions = new Numbers();
        List<IntIndex> seen = new ArrayList<>();
        List<Step> steps = new ArrayList<>(events.size());
        for (Event.Interaction event : events) {
            String session = event.header().sessionId();
            int person = people.of(event.header().user().id());
            int item = items.of(event.target().id());
            if (person == seen.size()) {
                seen.add(new IntIndex(8));
            }
            boolean first = seen.get(person).order(item) < 0;
            seen.get(person).orderOrInsert(item);
            StoredInteraction row = row(event, steps.size());
            steps.add(
                    new Step(
                            new FirstInteraction(
                                    person,
                                    item,
                                    event.type(),
                                    row.correctedAt(),
                                    session == null
                                            ? FirstInteraction.NO_SESSION
                                            : sessions.of(session),
                                    first),
                            row));
        }
        return new Trace(
                catalogue, profiles, steps, people.size(), items.size(), unread, unreadLines);
    }

    private StoredInteraction row(Event.Interaction event, long sequence) {
        return StoredInteraction.of(
                event,
                strengths::of,
                new StreamRecord(
                        new ShardPosition(SHARD, BigInteger.valueOf(sequence)),
                        event.header().user().id(),
                        NOTHING,
                        event.header().receivedAt()));
    }
}
