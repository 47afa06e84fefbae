package dev.freshet.demo;

import dev.freshet.demo.DemoSummary.ListOutcomes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Record of every event sent and of when it was accepted. Memory grows with the run (≈ 150 bytes
 * for each event).
 */
public final class Ledger {
    private final Map<String, Entry> accepted = new ConcurrentHashMap<>();
    private final Set<String> listsClicked = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final Map<String, Long> refused = new ConcurrentSkipListMap<>();

    /**
     * One accepted event.
     *
     * @param row the name of the row that the event leaves: the event's id; for an impression the
     *     list ({@link StoreInspector#list})
     * @param trains false for an impression, which the model counts and learns nothing from
     * @param acceptedAtNanos {@link System#nanoTime()} when the 202 response had arrived
     */
    public record Entry(String eventId, String row, boolean trains, long acceptedAtNanos) {}

    /** Notes that a click on a list was accepted. */
    void clicked(String list) {
        listsClicked.add(list);
    }

    /** Returns the lists that users were shown and clicked, by the events accepted. */
    public ListOutcomes lists() {
        Set<String> shown = new HashSet<>();
        accepted.values().stream()
                .filter(entry -> !entry.trains())
                .forEach(entry -> shown.add(entry.row()));
        return new ListOutcomes(
                shown.size(), listsClicked.stream().filter(shown::contains).count(), 0);
    }

    void sent(int events) {
        sent.addAndGet(events);
    }

    void accepted(Entry entry) {
        accepted.put(entry.eventId(), entry);
    }

    /** Counts, by its code, an event that was not accepted or a request that was not answered. */
    void refused(String code) {
        refused.merge(code, 1L, Long::sum);
    }

    /** Returns a live view of how often each refusal code occurred. */
    public Map<String, Long> refused() {
        return refused;
    }

    public long sent() {
        return sent.get();
    }

    /** Returns a live view of the accepted events by event id. */
    public Map<String, Entry> accepted() {
        return accepted;
    }

    /** Returns the number of accepted events from which the model has to learn. */
    public long training() {
        return accepted.values().stream().filter(Entry::trains).count();
    }
}
