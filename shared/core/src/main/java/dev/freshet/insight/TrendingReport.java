package dev.freshet.insight;

import dev.freshet.model.Model;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What most users take in a window of event time. An item is named from {@value
 * Overview#FEWEST_USERS} users on.
 *
 * @param scope {@code all}, {@code country:BR} or {@code tag:football}
 * @param window the length of the window: {@code PT5M}, {@code PT1H} or {@code P1D}
 * @param from the begin of the window
 * @param scopes the scopes that have an item to report in the window
 * @param items most users first
 */
public record TrendingReport(
        String scope,
        String window,
        Instant from,
        List<String> scopes,
        List<Overview.ReadItem> items) {
    /** Most items of an answer. */
    static final int MAX_ITEMS = 50;

    /** Most tags among the scopes that are offered. */
    static final int MAX_TAGS = 20;

    private static final String COUNTRY = "country:";
    private static final String TAG = "tag:";

    /**
     * Returns the report of a model, from its windows.
     *
     * @param parameters {@code scope}, by default all, and {@code window}: {@code PT5M}, {@code
     *     PT1H} or {@code P1D}, by default an hour
     * @throws InvalidQueryException if a parameter is unknown or no value of it
     */
    public static TrendingReport of(Model model, Map<String, String> parameters) {
        QueryParameters asked = QueryParameters.of(parameters, "scope", "window");
        String scope = scope(asked.find("scope").orElse(Scope.ALL.key()));
        Duration length = length(asked.find("window").orElse("PT1H"));
        long clock = model.clock().getEpochSecond();
        long start = clock - clock % length.toSeconds();
        return new TrendingReport(
                scope,
                length.toDays() == 1 ? "P1D" : length.toString(),
                Instant.ofEpochSecond(start),
                window(model.windows(), length, start)
                        .map(window -> scopes(model, window))
                        .orElse(List.of()),
                items(model, length, start, scope, MAX_ITEMS));
    }

    private static String scope(String text) {
        if (text.equals(Scope.ALL.key())
                || text.matches(COUNTRY + "[A-Z]{2}")
                || (text.startsWith(TAG) && text.length() > TAG.length() && text.length() <= 128)) {
            return text;
        }
        throw new InvalidQueryException(
                "malformed-scope", "scope is all, country:BR or tag:NAME, as scopes lists them.");
    }

    private static Duration length(String text) {
        for (Duration length : Windows.LENGTHS) {
            if (text.equals(length.toString()) || (length.toDays() == 1 && text.equals("P1D"))) {
                return length;
            }
        }
        throw new InvalidQueryException("malformed-window", "window is PT5M, PT1H or P1D.");
    }

    static Optional<Window> window(Windows windows, Duration length, long start) {
        return windows.kept().stream()
                .filter(window -> window.length().equals(length) && window.start() == start)
                .findFirst();
    }

    /** Returns the users of each item that is still there, in a scope. */
    private static Map<Integer, Long> counts(Model model, Window window, String scope) {
        boolean isTag = scope.startsWith(TAG);
        @Nullable ItemCounts counts = window.counts().get(isTag ? Scope.ALL.key() : scope);
        Map<Integer, Long> users = new HashMap<>();
        for (int order = 0; counts != null && order < counts.size(); order++) {
            int item = counts.item(order);
            if (!model.items().deleted(item)
                    && (!isTag
                            || model.items()
                                    .item(item)
                                    .tags()
                                    .contains(scope.substring(TAG.length())))) {
                users.put(item, counts.count(order));
            }
        }
        return users;
    }

    /** Returns the items with the most users in a window that {@code start} begins. */
    static List<Overview.ReadItem> items(
            Model model, Duration length, long start, String scope, int most) {
        Map<Integer, Long> before = counts(model, length, start - length.toSeconds(), scope);
        return counts(model, length, start, scope).entrySet().stream()
                .filter(item -> item.getValue() >= Overview.FEWEST_USERS)
                .sorted(
                        Map.Entry.<Integer, Long>comparingByValue()
                                .reversed()
                                .thenComparing(item -> model.items().id(item.getKey())))
                .limit(most)
                .map(
                        entry ->
                                new Overview.ReadItem(
                                        model.items().id(entry.getKey()),
                                        model.items().item(entry.getKey()).title(),
                                        entry.getValue(),
                                        before.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    private static Map<Integer, Long> counts(
            Model model, Duration length, long start, String scope) {
        return window(model.windows(), length, start)
                .map(window -> counts(model, window, scope))
                .orElse(Map.of());
    }

    /** Returns all, the countries, and the tags with the most users, if they name an item. */
    private static List<String> scopes(Model model, Window window) {
        Set<String> countries = new TreeSet<>(window.counts().keySet());
        countries.removeIf(
                scope -> !scope.startsWith(COUNTRY) || isBelow(counts(model, window, scope)));
        Map<String, Long> tags = new HashMap<>();
        counts(model, window, Scope.ALL.key())
                .forEach(
                        (item, users) -> {
                            if (users >= Overview.FEWEST_USERS) {
                                model.items()
                                        .item(item)
                                        .tags()
                                        .forEach(tag -> tags.merge(TAG + tag, users, Long::sum));
                            }
                        });
        List<String> scopes = new ArrayList<>();
        if (!isBelow(counts(model, window, Scope.ALL.key()))) {
            scopes.add(Scope.ALL.key());
        }
        scopes.addAll(countries);
        tags.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry::getKey))
                .limit(MAX_TAGS)
                .forEach(tag -> scopes.add(tag.getKey()));
        return scopes;
    }

    private static boolean isBelow(Map<Integer, Long> users) {
        return users.values().stream().noneMatch(count -> count >= Overview.FEWEST_USERS);
    }
}
