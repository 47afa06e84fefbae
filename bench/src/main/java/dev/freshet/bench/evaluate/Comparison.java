package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Bootstrap.Interval;
import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Figure.Sense;
import dev.freshet.bench.evaluate.Report.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bootstrap comparison of an entry with the leading one.
 *
 * @param intervals interval of each measure, in their order
 * @param leads by how much the leading entry exceeds this one in each measure; empty for the
 *     leading one itself
 */
record Comparison(Entry entry, Map<String, Interval> intervals, Map<String, Lead> leads) {
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
    static List<Comparison> of(List<Entry> entries, Bootstrap bootstrap) {
        double[][] draws =
                bootstrap.of(entries.stream().flatMap(each -> each.measures().stream()).toList());
        List<Comparison> all = new ArrayList<>();
        Map<String, double[]> leading = new HashMap<>();
        int at = 0;
        for (Entry entry : entries) {
            Comparison one = new Comparison(entry, new LinkedHashMap<>(), new LinkedHashMap<>());
            for (Measure measure : entry.measures()) {
                String name = measure.name();
                double[] own = draws[at++];
                one.intervals.put(name, Interval.of(own));
                double[] first = leading.putIfAbsent(name, own);
                if (first != null) {
                    double[] differences = new double[own.length];
                    Arrays.setAll(differences, draw -> first[draw] - own[draw]);
                    double by = entries.getFirst().figure(name) - entry.figure(name);
                    one.leads.put(name, new Lead(by, Interval.of(differences), measure.sense()));
                }
            }
            all.add(one);
        }
        return all;
    }
}
