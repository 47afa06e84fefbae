package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.flow.CatalogFlow.ItemAnalysis;
import dev.freshet.example.Example;
import dev.freshet.functions.runtime.TermAnalysis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The catalogue's part in a replay: it puts each item a fixed time after its first event. Data sets
 * do not say when an item was put. The record is the data set's, or a bare one with the id alone.
 * Used by one thread.
 */
final class CatalogueReplay {
    private final Map<String, Item> records = new HashMap<>();
    private final Duration putAfter;
    private final ItemAnalysis analysis = new TermAnalysis();
    private final Set<String> announced = new HashSet<>();
    private final Deque<Due> waiting = new ArrayDeque<>();

    private record Due(String itemId, Instant at) {}

    /**
     * Creates the catalogue before the first event.
     *
     * @param records the data set's own records; items without one get a bare record
     * @param putAfter time from an item's first event to its put
     */
    CatalogueReplay(List<Item> records, Duration putAfter) {
        records.forEach(item -> this.records.put(item.itemId(), item));
        this.putAfter = putAfter;
    }

    /**
     * Returns the puts that are due when a step happens. An item that is put with its first event
     * is put in front of it.
     *
     * @param step the next one in time order
     */
    List<Example> due(Step step) {
        String itemId = step.row().target().id();
        Instant now = step.row().correctedAt();
        if (announced.add(itemId)) {
            waiting.add(new Due(itemId, now.plus(putAfter)));
        }
        List<Example> puts = new ArrayList<>();
        while (!waiting.isEmpty() && !waiting.getFirst().at.isAfter(now)) {
            Due put = waiting.removeFirst();
            Item known = records.get(put.itemId);
            puts.add(analysis.example(known == null ? Item.bare(put.itemId, 1) : known, put.at));
        }
        return puts;
    }

    /** Returns the puts of all of the data set's records at one moment. */
    static List<Example> all(List<Item> records, Instant at) {
        ItemAnalysis analysis = new TermAnalysis();
        List<Example> puts = new ArrayList<>(records.size());
        records.forEach(item -> puts.add(analysis.example(item, at)));
        return puts;
    }
}
