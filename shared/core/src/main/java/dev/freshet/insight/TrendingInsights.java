package dev.freshet.insight;

import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import dev.freshet.query.InvalidQueryException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers what most users take at present, from the windows of the model in memory. An item is
 * named from {@value OverviewInsights#FEWEST_USERS} users on.
 */
public final class TrendingInsights {
    /** Most items of an answer. */
    static final int MAX_ITEMS = 50;

    /** Most tags among the scopes that are offered. */
    static final int MAX_TAGS = 20;

    private static final Set<String> PARAMETERS = Set.of("scope", "window");
    private static final String COUNTRY = "country:";
    private static final String TAG = "tag:";

    private final Supplier<Versioned> model;

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     */
    public TrendingInsights(Supplier<Versioned> model) {
        this.model = model;
    }

    /**
     * Answers the question.
     *
     * @param parameters {@code scope}, by default all, and {@code window}: {@code PT5M}, {@code
     *     PT1H} or {@code P1D}, by default an hour
     * @throws InvalidQueryException if a parameter is unknown or no value of it
     */
    public TrendingReport answer(Map<String, String> parameters) {
        if (!PARAMETERS.containsAll(parameters.keySet())) {
            throw new InvalidQueryException(
                    "unknown-parameter", "The parameters are scope and window; leave out others.");
        }
        String scope = scope(parameters.getOrDefault("scope", Scope.ALL.key()));
        Duration length = length(parameters.getOrDefault("window", "PT1H"));
        Model of = model.get().model();
        long clock = of.clock().getEpochSecond();
        long start = clock - clock % length.toSeconds();
        return new TrendingReport(
                scope,
                length.toDays() == 1 ? "P1D" : length.toString(),
                Instant.ofEpochSecond(start),
                window(of.windows(), length, start)
                        .map(window -> scopes(of, window))
                        .orElse(List.of()),
                items(of, length, start, scope, MAX_ITEMS));
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
    private static Map<Integer, Long> counts(Model of, Window window, String scope) {
        boolean isTag = scope.startsWith(TAG);
        @Nullable ItemCounts counts = window.counts().get(isTag ? Scope.ALL.key() : scope);
        Map<Integer, Long> users = new HashMap<>();
        for (int order = 0; counts != null && order < counts.size(); order++) {
            int item = counts.item(order);
            if (!of.items().deleted(item)
                    && (!isTag
                            || of.items()
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
            Model of, Duration length, long start, String scope, int most) {
        Map<Integer, Long> before = counts(of, length, start - length.toSeconds(), scope);
        return counts(of, length, start, scope).entrySet().stream()
                .filter(item -> item.getValue() >= OverviewInsights.FEWEST_USERS)
                .sorted(
                        Map.Entry.<Integer, Long>comparingByValue()
                                .reversed()
                                .thenComparing(item -> of.items().id(item.getKey())))
                .limit(most)
                .map(
                        entry ->
                                new Overview.ReadItem(
                                        of.items().id(entry.getKey()),
                                        of.items().item(entry.getKey()).title(),
                                        entry.getValue(),
                                        before.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    private static Map<Integer, Long> counts(Model of, Duration length, long start, String scope) {
        return window(of.windows(), length, start)
                .map(window -> counts(of, window, scope))
                .orElse(Map.of());
    }

    /** Returns all, the countries, and the tags with the most users, if they name an item. */
    private static List<String> scopes(Model of, Window window) {
        Set<String> countries = new TreeSet<>(window.counts().keySet());
        countries.removeIf(
                scope -> !scope.startsWith(COUNTRY) || isBelow(counts(of, window, scope)));
        Map<String, Long> tags = new HashMap<>();
        counts(of, window, Scope.ALL.key())
                .forEach(
                        (item, users) -> {
                            if (users >= OverviewInsights.FEWEST_USERS) {
                                of.items()
                                        .item(item)
                                        .tags()
                                        .forEach(tag -> tags.merge(TAG + tag, users, Long::sum));
                            }
                        });
        List<String> scopes = new ArrayList<>();
        if (!isBelow(counts(of, window, Scope.ALL.key()))) {
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
        return users.values().stream().noneMatch(count -> count >= OverviewInsights.FEWEST_USERS);
    }
}
