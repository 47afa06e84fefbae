package dev.freshet.insight;

import dev.freshet.model.sums.TopicCounts;
import dev.freshet.model.sums.TopicKind;
import dev.freshet.model.sums.TopicWindows;
import dev.freshet.model.sums.TopicWindows.TopicWindow;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Demand by topic and period: by hour, or for a country by day.
 *
 * @param periods by number, hours or days since 1970-01-01
 * @param present the period that is not closed yet
 * @param cycle periods after which the same time of day comes again: 24 hours, or one day
 */
record TopicHistory(SortedMap<Integer, TopicCounts> periods, int present, int cycle) {
    private static final int HOURS_PER_DAY = 24;

    /** Most earlier periods that the last closed one is compared with. */
    private static final int BEFORE = 7;

    TopicHistory {
        periods = Collections.unmodifiableSortedMap(new TreeMap<>(periods));
    }

    /**
     * Returns the history of a kind of topics.
     *
     * @param country ISO 3166-1 alpha-2; null for all
     */
    static TopicHistory of(CataloguePast past, TopicKind kind, @Nullable String country) {
        TopicWindows windows = past.model().topics();
        int hour = TopicWindows.hour(past.at().getEpochSecond());
        SortedMap<Integer, TopicCounts> periods = new TreeMap<>();
        if (country == null) {
            windows.hours().forEach((number, window) -> periods.put(number, window.of(kind)));
            return new TopicHistory(periods, hour, HOURS_PER_DAY);
        }
        windows.countries()
                .forEach(
                        (day, countries) ->
                                periods.put(
                                        day,
                                        countries
                                                .getOrDefault(country, TopicWindow.EMPTY)
                                                .of(kind)));
        return new TopicHistory(periods, Math.floorDiv(hour, HOURS_PER_DAY), 1);
    }

    /** Returns the demand of the latest days, the present period included. */
    Map<String, Double> demand(int days) {
        Map<String, Double> sums = new HashMap<>();
        periods.subMap(present - days * cycle + 1, present + 1)
                .values()
                .forEach(counts -> add(counts, sums));
        return sums;
    }

    /** Returns the demand of the last closed period. */
    Map<String, Double> closed() {
        return of(present - 1);
    }

    /** Returns how many periods at the same time of day before the last closed one are known. */
    int comparable() {
        int known = 0;
        for (int n = 1; n <= BEFORE && !periods.isEmpty(); n++) {
            known += present - 1 - n * cycle >= periods.firstKey() ? 1 : 0;
        }
        return known;
    }

    /** Returns the mean demand of the comparable periods. */
    Map<String, Double> before() {
        int known = comparable();
        Map<String, Double> means = new HashMap<>();
        for (int n = 1; n <= known; n++) {
            of(present - 1 - n * cycle)
                    .forEach((topic, sum) -> means.merge(topic, sum / known, Double::sum));
        }
        return means;
    }

    /** Returns the demand for a topic in each closed period since the first, of seven days most. */
    double[] series(String topic) {
        int first = periods.isEmpty() ? present : periods.firstKey();
        int from = Math.max(first, present - BEFORE * cycle);
        double[] series = new double[Math.max(0, present - from)];
        for (int at = 0; at < series.length; at++) {
            series[at] = of(periods.getOrDefault(from + at, TopicCounts.EMPTY), topic);
        }
        return series;
    }

    private Map<String, Double> of(int period) {
        Map<String, Double> sums = new HashMap<>();
        add(periods.getOrDefault(period, TopicCounts.EMPTY), sums);
        return sums;
    }

    private static double of(TopicCounts counts, String topic) {
        int at = counts.indexOf(topic);
        return at < 0 ? 0 : (double) counts.units(at) / TopicCounts.UNITS;
    }

    private static void add(TopicCounts counts, Map<String, Double> sums) {
        for (int at = 0; at < counts.size(); at++) {
            sums.merge(
                    counts.topic(at), (double) counts.units(at) / TopicCounts.UNITS, Double::sum);
        }
    }
}
