package dev.freshet.demo;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The popularity baseline: the items clicked most often by all users so far, without those that the
 * user has already clicked. The demo counts the clicks itself, independently of the system under
 * test.
 */
final class PopularChoice {
    private final Map<String, Long> clicks = new ConcurrentHashMap<>();

    void clicked(String itemId) {
        clicks.merge(itemId, 1L, Long::sum);
    }

    /** Returns the ids of the most clicked items, most clicked first, ties ordered by id. */
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
