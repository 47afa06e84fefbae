package dev.freshet.bench.evaluate;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is told of one contender.
 *
 * @param figures by their names in JSON
 * @param series rows of figures by their names in JSON; the labels stand in {@link Report#axes}
 * @param measures those figures that have an interval
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
