package dev.freshet.ingest;

import dev.freshet.event.Event;
import dev.freshet.event.avro.EventCodec;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * From a request to the {@code events} stream: each event is judged by itself, the good ones are
 * put, and only what the stream did not acknowledge is sent again.
 *
 * <p>A request's 500 KB make at most 500 entries of ≤ 40 KB, and in all well under the 5 MiB that
 * one put may hold. Putting again may place an entry twice; its {@code eventId} makes that one
 * event in effect.
 */
public final class EventCollector {
    /** Most puts for one request, the first included. */
    public static final int MAX_PUTS = 6;

    private static final FullJitter PAUSES =
            new FullJitter(Duration.ofMillis(25), Duration.ofMillis(400));

    private final EventReader reader;
    private final EventCodec codec;
    private final EventLog log;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;

    /** Waits between puts. */
    public interface Pause {
        /** Returns when the time is over. */
        void lasting(Duration time) throws InterruptedException;
    }

    /**
     * What came of a request.
     *
     * @param accepted durably in the stream
     * @param rejected ascending by index; sending these again as they are is of no use
     * @param unplaced indexes of good events that the stream did not acknowledge, ascending
     */
    public record Receipt(int accepted, List<Rejection> rejected, List<Integer> unplaced) {
        public Receipt {
            rejected = List.copyOf(rejected);
            unplaced = List.copyOf(unplaced);
        }
    }

    private record Encoded(int index, EventLog.Entry entry) {}

    /**
     * The flow over its ports.
     *
     * @param random jitters the pauses
     */
    public EventCollector(
            EventReader reader,
            EventCodec codec,
            EventLog log,
            InstantSource clock,
            RandomGenerator random,
            Pause pause) {
        this.reader = reader;
        this.codec = codec;
        this.log = log;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /**
     * Takes one request.
     *
     * @param body ≤ {@link Submission#MAX_BYTES}
     * @param deadline no further put is begun from here on
     * @throws MalformedJsonException if the request as a whole cannot be read; nothing was put
     */
    public Receipt collect(byte[] body, ReceiptContext receipt, Instant deadline)
            throws MalformedJsonException {
        return collect(Submission.open(body), receipt, deadline);
    }

    /**
     * Takes one request that was opened before.
     *
     * @param deadline no further put is begun from here on
     */
    public Receipt collect(Submission submission, ReceiptContext receipt, Instant deadline) {
        List<Encoded> good = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        for (Submission.Part part : submission.parts()) {
            switch (reader.read(part, submission.sentAt(), receipt)) {
                case EventReader.Reading.Taken(int index, Event event) ->
                        encode(index, event, good, rejected);
                case EventReader.Reading.Refused(Rejection refusal) -> rejected.add(refusal);
            }
        }
        List<Encoded> unplaced = place(good, deadline);
        return new Receipt(
                good.size() - unplaced.size(),
                rejected,
                unplaced.stream().map(Encoded::index).toList());
    }

    private void encode(int index, Event event, List<Encoded> good, List<Rejection> rejected) {
        try {
            good.add(
                    new Encoded(
                            index,
                            new EventLog.Entry(event.header().user().id(), codec.encode(event))));
        } catch (IllegalArgumentException tooLarge) {
            rejected.add(EventRule.EVENT_TOO_LARGE.refuse(index, event.header().eventId()));
        }
    }

    /** Puts until all are acknowledged, or puts or time are used up; returns what is left. */
    private List<Encoded> place(List<Encoded> good, Instant deadline) {
        List<Encoded> left = good;
        for (int put = 0; put < MAX_PUTS && !left.isEmpty(); put++) {
            if (put > 0 && !waited(put, deadline)) {
                break;
            }
            left = put(left);
        }
        return left;
    }

    private List<Encoded> put(List<Encoded> entries) {
        return log.put(entries.stream().map(Encoded::entry).toList()).stream()
                .map(entries::get)
                .toList();
    }

    private boolean waited(int put, Instant deadline) {
        Duration time = Duration.ofMillis(PAUSES.draw(put, random));
        if (!clock.instant().plus(time).isBefore(deadline)) {
            return false;
        }
        try {
            pause.lasting(time);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
