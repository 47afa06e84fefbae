package dev.freshet.model.popularity;

import dev.freshet.catalog.Item;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The conversion of closed windows to rows of the Trends table.
 *
 * @param items of the model
 * @param modelVersion version of the model that the rows are of
 * @param k number of people from which on an item is returned
 */
public record ClosedTrends(ItemTable items, long modelVersion, int k) {
    private static final int TOP = 50;
    private static final int MAX_COUNTRIES = 8;
    private static final int MAX_TAGS = 12;

    /**
     * The windows of one version of a model.
     *
     * @param clock latest event time applied; a window that ends at or before it is closed
     */
    public record Version(Windows windows, Instant clock) {
        boolean closed(Window window) {
            return window.end() <= clock.getEpochSecond();
        }
    }

    /**
     * Returns the windows that are closed under {@code after}'s clock and were open or different
     * before: over all events, for the countries and for the tags with the most events in the
     * window. A window that was returned for an earlier version and has been emptied by retractions
     * since is returned without items. An item is returned where at least k different people chose
     * it within the window: no window is longer than a day, in which a user counts once.
     */
    public List<TrendWindow> between(Version before, Version after) {
        Set<Window> reported = new LinkedHashSet<>();
        before.windows().kept().stream().filter(before::closed).forEach(reported::add);
        List<TrendWindow> closed = new ArrayList<>();
        after.windows().retired().forEach(window -> closed.addAll(of(window)));
        after.windows().kept().stream()
                .filter(window -> after.closed(window) && !reported.contains(window))
                .forEach(window -> closed.addAll(of(window)));
        closed.addAll(emptied(reported, after));
        return List.copyOf(closed);
    }

    private List<TrendWindow> emptied(Set<Window> reported, Version after) {
        Windows now = after.windows();
        List<TrendWindow> empty = new ArrayList<>();
        for (Window before : reported) {
            Window same =
                    Stream.concat(now.kept().stream(), now.retired().stream())
                            .filter(window -> window.isSame(before))
                            .findFirst()
                            .orElse(null);
            int length = Windows.LENGTHS.indexOf(before.length());
            boolean left = same == null && before.start() <= now.floors().get(length);
            if (left || before.equals(same)) {
                continue;
            }
            Set<String> remaining = same == null ? Set.of() : scopes(same);
            of(before).stream()
                    .map(TrendWindow::scope)
                    .filter(scope -> !remaining.contains(scope))
                    .forEach(scope -> empty.add(row(before, scope, new ItemCounts())));
        }
        return empty;
    }

    private Set<String> scopes(Window window) {
        Set<String> scopes = new HashSet<>(visible(window.counts()).keySet());
        ItemCounts all = window.counts().get(Scope.ALL.key());
        if (all != null) {
            scopes.addAll(visible(tags(all)).keySet());
        }
        return scopes;
    }

    private List<TrendWindow> of(Window window) {
        List<TrendWindow> rows = new ArrayList<>();
        ItemCounts all = window.counts().get(Scope.ALL.key());
        if (all == null || !isVisible(all)) {
            return rows;
        }
        rows.add(row(window, Scope.ALL.key(), all));
        busiest(visible(countries(window)), MAX_COUNTRIES)
                .forEach(scope -> rows.add(row(window, scope.getKey(), scope.getValue())));
        busiest(visible(tags(all)), MAX_TAGS)
                .forEach(scope -> rows.add(row(window, scope.getKey(), scope.getValue())));
        return rows;
    }

    private TrendWindow row(Window window, String scope, ItemCounts counts) {
        List<TrendWindow.Count> top =
                IntStream.of(counts.sorted())
                        .filter(order -> counts.count(order) >= k)
                        .filter(order -> !items.deleted(counts.item(order)))
                        .boxed()
                        .sorted(
                                Comparator.comparingLong((Integer order) -> counts.count(order))
                                        .reversed())
                        .limit(TOP)
                        .map(
                                order ->
                                        new TrendWindow.Count(
                                                items.id(counts.item(order)), counts.count(order)))
                        .toList();
        return new TrendWindow(
                scope, window.length(), Instant.ofEpochSecond(window.start()), top, modelVersion);
    }

    private Map<String, ItemCounts> visible(Map<String, ItemCounts> scopes) {
        Map<String, ItemCounts> visible = new HashMap<>(scopes);
        visible.values().removeIf(counts -> !isVisible(counts));
        return visible;
    }

    private boolean isVisible(ItemCounts counts) {
        return IntStream.range(0, counts.size()).anyMatch(order -> counts.count(order) >= k);
    }

    private static Map<String, ItemCounts> countries(Window window) {
        Map<String, ItemCounts> countries = new HashMap<>(window.counts());
        countries.remove(Scope.ALL.key());
        return countries;
    }

    private Map<String, ItemCounts> tags(ItemCounts all) {
        Map<String, ItemCounts> tags = new HashMap<>();
        for (int order = 0; order < all.size(); order++) {
            Item item = items.item(all.item(order));
            for (String tag : item.tags()) {
                tags.computeIfAbsent(Scope.tag(tag).key(), key -> new ItemCounts())
                        .add(all.item(order), all.count(order), Windows.MAX_ITEMS);
            }
        }
        return tags;
    }

    private static List<Map.Entry<String, ItemCounts>> busiest(
            Map<String, ItemCounts> scopes, int most) {
        return scopes.entrySet().stream()
                .sorted(
                        Comparator.comparingLong(
                                        (Map.Entry<String, ItemCounts> scope) ->
                                                sum(scope.getValue()))
                                .reversed()
                                .thenComparing(Map.Entry::getKey))
                .limit(most)
                .toList();
    }

    private static long sum(ItemCounts counts) {
        return IntStream.range(0, counts.size()).mapToLong(counts::count).sum();
    }
}
