package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Bootstrap.Interval;
import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Figure.Sense;
import dev.freshet.bench.evaluate.Report.Entry;
import java.util.Arrays;
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
    record Lead(double by, Interval interval, Sense sense) {
        /** Returns {@code better}, {@code worse}, or {@code none} if the interval contains 0. */
        String verdict() {
            if (interval.holds(0)) {
                return "none";
            }
            return by > 0 == (sense == Sense.GAIN) ? "better" : "worse";
        }
    }

    /**
     * Compares entries.
     *
     * @param entries entries with measures over the same people, the leading one first
     */
    static Comparison of(List<Entry> entries, Bootstrap bootstrap) {
        List<Measure> measures =
                entries.stream().flatMap(entry -> entry.measures().stream()).toList();
        double[][] draws = bootstrap.of(measures);
        Comparison comparison = new Comparison();
        Map<String, double[]> leading = new HashMap<>();
        int at = 0;
        for (Entry entry : entries) {
            for (Measure measure : entry.measures()) {
                double[] own = draws[at++];
                comparison.intervals.put(key(entry, measure.name()), Interval.of(own));
                double[] first = leading.putIfAbsent(measure.name(), own);
                if (first != null) {
                    double[] differences = new double[own.length];
                    Arrays.setAll(differences, draw -> first[draw] - own[draw]);
                    double by =
                            entries.getFirst().figure(measure.name())
                                    - entry.figure(measure.name());
                    comparison.leads.put(
                            key(entry, measure.name()),
                            new Lead(by, Interval.of(differences), measure.sense()));
                }
            }
        }
        return comparison;
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
