package dev.freshet.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that was sent, and when it was accepted; grows with the run (≈ 150 bytes an event).
 */
public final class Ledger {
    private final Map<String, Entry> accepted = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final Map<String, Long> refused = new ConcurrentSkipListMap<>();

    /**
     * One accepted event.
     *
     * @param trains false for an impression, which leaves a row but no example
     * @param acceptedAtNanos {@link System#nanoTime()} when the 202 had come
     */
    public record Entry(String eventId, boolean trains, long acceptedAtNanos) {}

    void sent(int events) {
        sent.addAndGet(events);
    }

    void accepted(Entry entry) {
        accepted.put(entry.eventId(), entry);
    }

    /** An event that was not accepted, or a request that was not answered, by its code. */
    void refused(String code) {
        refused.merge(code, 1L, Long::sum);
    }

    /** How often each code was met; a live view. */
    public Map<String, Long> refused() {
        return refused;
    }

    void retried() {
        retries.incrementAndGet();
    }

    /** Requests with events that had been sent before. */
    public long retries() {
        return retries.get();
    }

    public long sent() {
        return sent.get();
    }

    /** By event id; a live view. */
    public Map<String, Entry> accepted() {
        return accepted;
    }

    /** How many accepted events the model has to have learned from. */
    public long training() {
        return accepted.values().stream().filter(Entry::trains).count();
    }
}
