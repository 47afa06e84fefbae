package dev.freshet.insight;

import dev.freshet.experiment.Arm;
import dev.freshet.experiment.Experiment;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers what an experiment showed over time, from the rows that the trainer wrote at the end of
 * each hour: one query for each arm beside the control. Rows are kept as long as trends are.
 */
public final class ExperimentSeries {
    /**
     * Most points of an arm. Of more, every second is left out until they are no more than this.
     */
    static final int MAX_POINTS = 200;

    private static final Duration HOUR = Duration.ofHours(1);

    private final Trends trends;

    /**
     * What the primary metric of an arm showed at the end of an hour.
     *
     * @param at the end of the hour
     * @param n users of the experiment
     * @param difference to the control, in the metric's unit
     * @param lower the end of the confidence sequence, which holds at every look
     */
    public record Point(Instant at, long n, double difference, double lower, double upper) {}

    /** Creates the answers over the rows of the trainer. */
    public ExperimentSeries(Trends trends) {
        this.trends = trends;
    }

    /**
     * Returns the points of the present phase by arm, oldest first; none while the table does not
     * answer, because the present results are worth more than none.
     */
    public Map<String, List<Point>> of(Experiment experiment, Instant now) {
        Map<String, List<Point>> series = new HashMap<>();
        Instant from = now.minus(HOUR.multipliedBy(Trends.MAX_WINDOWS));
        for (Arm arm : experiment.arms().subList(1, experiment.arms().size())) {
            try {
                series.put(
                        arm.id(),
                        thinned(
                                trends
                                        .between(
                                                TrendWindow.experiment(
                                                        experiment.id(),
                                                        experiment.salt(),
                                                        arm.id()),
                                                HOUR,
                                                from,
                                                now)
                                        .stream()
                                        .map(ExperimentSeries::point)
                                        .toList()));
            } catch (StoreUnavailableException unanswered) {
                return Map.of();
            }
        }
        return series;
    }

    /** Returns the points without every second one, as often as needed; the newest always stays. */
    static List<Point> thinned(List<Point> points) {
        List<Point> kept = points;
        while (kept.size() > MAX_POINTS) {
            List<Point> half = new ArrayList<>();
            for (int i = 0; i < kept.size(); i++) {
                if ((kept.size() - 1 - i) % 2 == 0) {
                    half.add(kept.get(i));
                }
            }
            kept = half;
        }
        return List.copyOf(kept);
    }

    private static Point point(TrendWindow row) {
        Map<String, Long> parts = new HashMap<>();
        row.top().forEach(part -> parts.put(part.itemId(), part.count()));
        return new Point(
                row.start().plus(HOUR),
                parts.getOrDefault("n", 0L),
                value(parts, "difference"),
                value(parts, "lower"),
                value(parts, "upper"));
    }

    private static double value(Map<String, Long> parts, String name) {
        return (double) parts.getOrDefault(name, 0L) / TrendWindow.VALUE_PARTS;
    }
}
