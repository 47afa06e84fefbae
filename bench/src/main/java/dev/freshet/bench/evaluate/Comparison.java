package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bootstrap comparison of entries: an interval for each figure, and the leading entry's lead over
 * each other entry.
 */
final class Comparison {
    private final Map<String, Interval> intervals = new HashMap<>();
    private final Map<String, Lead> leads = new HashMap<>();

    /**
     * Difference between the leading entry's figure and another's, over the same samples of people.
     *
     * @param by difference of the two figures
     * @param interval interval of the difference
     * @param sense direction of the figures
     */
    record Lead(double by, Interval interval, Measure.Sense sense) {
        /** Returns {@code better}, {@code worse}, or {@code none} if the interval contains 0. */
        String verdict() {
            if (interval.holds(0)) {
                return "none";
            }
            return by > 0 == (sense == Measure.Sense.GAIN) ? "better" : "worse";
        }
    }

    /**
     * Compares entries.
     *
     * @param entries entries with measures over the same people, the leading one first
     */
    static Comparison of(List<Entry> entries, Bootstrap bootstrap) {
        List<Measure> measures = new ArrayList<>();
        entries.forEach(entry -> measures.addAll(entry.measures()));
        double[][] draws = bootstrap.of(measures);
        Comparison comparison = new Comparison();
        Map<String, double[]> leading = new HashMap<>();
        int at = 0;
        for (Entry entry : entries) {
            for (Measure measure : entry.measures()) {
                double[] own = draws[at++];
                double[] first = leading.putIfAbsent(measure.name(), own);
                if (first != null) {
                    comparison.lead(entries.getFirst(), entry, measure, first, own);
                }
            }
        }
        at = 0;
        for (Entry entry : entries) {
            for (Measure measure : entry.measures()) {
                comparison.intervals.put(
                        key(entry, measure.name()), Interval.of(draws[at++].clone()));
            }
        }
        return comparison;
    }

    private void lead(
            Entry leading, Entry other, Measure measure, double[] first, double[] second) {
        double[] differences = new double[first.length];
        for (int draw = 0; draw < differences.length; draw++) {
            differences[draw] = first[draw] - second[draw];
        }
        double by =
                leading.figures().getOrDefault(measure.name(), 0.0)
                        - other.figures().getOrDefault(measure.name(), 0.0);
        leads.put(
                key(other, measure.name()),
                new Lead(by, Interval.of(differences), measure.sense()));
    }

    Optional<Interval> interval(Entry entry, String measure) {
        return Optional.ofNullable(intervals.get(key(entry, measure)));
    }

    /** Returns the leading entry's lead over this one; empty for the leading one itself. */
    Optional<Lead> lead(Entry entry, String measure) {
        return Optional.ofNullable(leads.get(key(entry, measure)));
    }

    private static String key(Entry entry, String measure) {
        return entry.kind() + " " + entry.name() + " " + measure;
    }
}
