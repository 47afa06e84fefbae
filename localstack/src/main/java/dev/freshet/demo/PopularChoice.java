package dev.freshet.demo;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rival: what was clicked most so far by everybody, less what the reader has clicked already.
 * Counted by the demo itself, so that it owes nothing to the system under test.
 */
final class PopularChoice {
    private final Map<String, Long> clicks = new ConcurrentHashMap<>();

    void clicked(String itemId) {
        clicks.merge(itemId, 1L, Long::sum);
    }

    /** Most clicked first, ties by id. */
    List<String> top(int count, Set<String> without) {
        Comparator<Map.Entry<String, Long>> most =
                Map.Entry.comparingByValue(Comparator.reverseOrder());
        return clicks.entrySet().stream()
                .filter(entry -> !without.contains(entry.getKey()))
                .sorted(most.thenComparing(Map.Entry.comparingByKey()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }
}
