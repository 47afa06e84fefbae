package dev.freshet.bench.evaluate;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Results of one contender or baseline.
 *
 * @param figures figures by their names in JSON
 * @param series rows of figures by their names in JSON; {@link Report#axes} holds their labels
 * @param measures figures that have an interval
 */
record Entry(
        String name,
        Scoreboard.Kind kind,
        SequencedMap<String, Double> figures,
        SequencedMap<String, List<Double>> series,
        List<Measure> measures) {
    Entry {
        measures = List.copyOf(measures);
    }

    @Nullable Double figure(String figure) {
        return figures.get(figure);
    }

    List<Double> row(String name) {
        return series.getOrDefault(name, List.of());
    }
}
