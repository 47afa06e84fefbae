package dev.freshet.ingest;

import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.ingest.EventRule.Rejection;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Collects one request's events into the {@code events} stream: each event is checked by itself,
 * the valid ones are put, and only those that the stream did not acknowledge are put again.
 *
 * <p>A request of 500 KB makes at most 500 entries of ≤ 96 KB. An entry is longer than its JSON
 * only by the items of its exposure token, which are shorter than the token thrice over, so that
 * all entries are under the 5 MiB that one put may hold. Putting again may store an entry twice;
 * consumers treat records of one {@code eventId} as one event.
 *
 * @param random jitters the pauses
 */
public record EventCollector(
        EventReader reader,
        EventCodec codec,
        EventLog log,
        InstantSource clock,
        RandomGenerator random,
        Pause pause) {
    /** Most puts for one request, the first included. */
    public static final int MAX_PUTS = 6;

    private static final FullJitter PAUSES =
            new FullJitter(Duration.ofMillis(25), Duration.ofMillis(400));

    /** Waits between puts. */
    public interface Pause {
        /** Returns once the time has passed. */
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * The result of a request.
     *
     * @param accepted events that are durably in the stream
     * @param rejected events that break a rule, ascending by index; sending them again unchanged is
     *     of no use
     * @param notStored indexes of valid events that the stream did not acknowledge, and of events
     *     that were not read within the time of the request, ascending
     * @param amountsLeftOut events that were put without their amount of money, because the caller
     *     may not tell it
     */
    public record Receipt(
            int accepted, List<Rejection> rejected, List<Integer> notStored, int amountsLeftOut) {
        public Receipt {
            rejected = List.copyOf(rejected);
            notStored = List.copyOf(notStored);
        }
    }

    private record Encoded(int index, EventLog.Entry entry, boolean amountLeftOut) {}

    /**
     * Collects the events of one request.
     *
     * @param body ≤ {@link Submission#MAX_BYTES}
     * @param deadline no further event is read and no further put is begun from here on
     * @throws MalformedJsonException if the request as a whole cannot be read; nothing was put
     */
    public Receipt collect(byte[] body, ReceiptContext receipt, Instant deadline)
            throws MalformedJsonException {
        return collect(Submission.open(body), receipt, deadline);
    }

    /**
     * Collects the events of one request that is parsed already.
     *
     * @param deadline no further event is read and no further put is begun from here on; what was
     *     read by then is put once
     */
    public Receipt collect(Submission submission, ReceiptContext receipt, Instant deadline) {
        List<Encoded> valid = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        List<Integer> notStored = new ArrayList<>();
        AgentQuota quota = new AgentQuota();
        for (Submission.Part part : submission.parts()) {
            if (!clock.instant().isBefore(deadline)) {
                notStored.add(part.index());
                continue;
            }
            switch (reader.read(part, submission.sentAt(), receipt, quota)) {
                case EventReader.Reading.Accepted(int index, Event event) ->
                        encode(index, event, receipt, valid, rejected);
                case EventReader.Reading.Rejected(Rejection rejection) -> rejected.add(rejection);
            }
        }
        List<Encoded> unacknowledged = putWithRetries(valid, deadline);
        unacknowledged.forEach(entry -> notStored.add(entry.index()));
        Collections.sort(notStored);
        return new Receipt(
                valid.size() - unacknowledged.size(),
                rejected,
                notStored,
                amountsLeftOut(valid) - amountsLeftOut(unacknowledged));
    }

    private static int amountsLeftOut(List<Encoded> events) {
        return (int) events.stream().filter(Encoded::amountLeftOut).count();
    }

    private void encode(
            int index,
            Event event,
            ReceiptContext receipt,
            List<Encoded> valid,
            List<Rejection> rejected) {
        boolean leftOut =
                !receipt.takesAmounts()
                        && event.header().user().userId() == null
                        && event instanceof Event.Interaction paid
                        && paid.value().kind() == ValueKind.MONEY;
        Event kept = leftOut ? ((Event.Interaction) event).withoutValue() : event;
        try {
            valid.add(
                    new Encoded(
                            index,
                            new EventLog.Entry(kept.header().user().id(), codec.encode(kept)),
                            leftOut));
        } catch (IllegalArgumentException tooLarge) {
            rejected.add(EventRule.EVENT_TOO_LARGE.reject(index, event.header().eventId()));
        }
    }

    /**
     * Puts until all entries are acknowledged, or the puts or the time are used up; returns the
     * unacknowledged entries.
     */
    private List<Encoded> putWithRetries(List<Encoded> valid, Instant deadline) {
        List<Encoded> unacknowledged = valid;
        for (int put = 0; put < MAX_PUTS && !unacknowledged.isEmpty(); put++) {
            if (put > 0 && !paused(put, deadline)) {
                break;
            }
            unacknowledged = put(unacknowledged);
        }
        return unacknowledged;
    }

    private List<Encoded> put(List<Encoded> entries) {
        return log.put(entries.stream().map(Encoded::entry).toList()).stream()
                .map(entries::get)
                .toList();
    }

    private boolean paused(int put, Instant deadline) {
        Duration time = Duration.ofMillis(PAUSES.draw(put, random));
        if (!clock.instant().plus(time).isBefore(deadline)) {
            return false;
        }
        try {
            pause.sleep(time);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
