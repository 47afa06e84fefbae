package dev.freshet.bench.jmh;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * One measured figure, in JSON its unit and its values.
 *
 * @param name name in JSON, such as {@code recommendMicros}
 * @param what description for people
 * @param unit unit of the values
 * @param values values by name: {@code mean}, and {@code p50}, {@code p90}, {@code p99}, {@code
 *     max} if individual times were sampled
 */
public record ModelFigure(
        @JsonIgnore String name,
        @JsonIgnore String what,
        String unit,
        @JsonAnyGetter Map<String, Double> values) {
    private static final double MEGABYTE = 1e6;
    private static final double KILOBYTE = 1e3;

    /** Descriptions of what the methods of the benchmarks measure. */
    private static final Map<String, String> WHAT =
            Map.of(
                    "recommendation", "a complete recommendation",
                    "recommendationUnlimited", "a recommendation with kAnonymity=1",
                    "recommendationDrawnWithShadow", "one drawn by chance beside a shadow",
                    "rankOf500", "500 given items in the order for a user",
                    "similarUsers", "the people who are like a user, described",
                    "snapshotEncode", "snapshot, to bytes",
                    "snapshotLoad", "snapshot, from bytes",
                    "deltaApply", "delta of 1,000 examples, applied");

    static ModelFigure of(RunResult run) {
        String method = run.getParams().getBenchmark().replaceAll(".*\\.", "");
        Result<?> result = run.getPrimaryResult();
        Statistics times = result.getStatistics();
        Map<String, Double> mean = Map.of("mean", result.getScore());
        return switch (run.getParams().getMode()) {
            case Throughput ->
                    new ModelFigure(
                            method + "PerSecond",
                            method.endsWith("Lists")
                                    ? "learning, four in ten lists shown"
                                    : "learning, examples",
                            "a second",
                            mean);
            case SampleTime ->
                    of(
                            run,
                            method,
                            Map.of(
                                    "mean", result.getScore(),
                                    "p50", times.getPercentile(50),
                                    "p90", times.getPercentile(90),
                                    "p99", times.getPercentile(99),
                                    "max", times.getMax()));
            default -> of(run, method, mean);
        };
    }

    private static ModelFigure of(RunResult run, String method, Map<String, Double> values) {
        return new ModelFigure(
                method,
                WHAT.getOrDefault(method, method),
                TimeValue.tuToString(run.getParams().getTimeUnit()),
                values);
    }

    static List<ModelFigure> of(Sizes sizes) {
        return List.of(
                size("heap", "memory of the model", "MB", sizes.heap() / MEGABYTE),
                size("snapshot", "snapshot", "MB", sizes.snapshot() / MEGABYTE),
                size("delta", "delta of 1,000 examples", "kB", sizes.delta() / KILOBYTE),
                size("items", "items", "", sizes.items()),
                size("users", "users", "", sizes.users()),
                size("entries", "basket entries", "", sizes.entries()));
    }

    private static ModelFigure size(String name, String what, String unit, double value) {
        return new ModelFigure(name, what, unit, Map.of("mean", value));
    }
}
