package dev.freshet.bench.jmh;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * One measured figure.
 *
 * @param name name in JSON, such as {@code recommendMicros}
 * @param what description for people
 * @param unit unit of the values
 * @param values values by name: {@code mean}, and {@code p50}, {@code p90}, {@code p99}, {@code
 *     max} if individual times were sampled
 */
public record ModelFigure(String name, String what, String unit, Map<String, Double> values) {
    private static final double MEGABYTE = 1e6;
    private static final double KILOBYTE = 1e3;

    static ModelFigure of(RunResult run) {
        String method = run.getParams().getBenchmark().replaceAll(".*\\.", "");
        Result<?> result = run.getPrimaryResult();
        Statistics times = result.getStatistics();
        String unit = TimeValue.tuToString(run.getParams().getTimeUnit());
        return switch (method) {
            case "examples" ->
                    new ModelFigure(
                            "examplesPerSecond",
                            "learning, examples",
                            "a second",
                            Map.of("mean", result.getScore()));
            case "examplesWithLists" ->
                    new ModelFigure(
                            "examplesWithListsPerSecond",
                            "learning, four in ten lists shown",
                            "a second",
                            Map.of("mean", result.getScore()));
            case "recommendation",
                    "recommendationUnlimited",
                    "recommendationDrawnWithShadow",
                    "rankOf500",
                    "similarUsers",
                    "factorSearch" ->
                    new ModelFigure(
                            method,
                            switch (method) {
                                case "recommendation" -> "a complete recommendation";
                                case "recommendationUnlimited" ->
                                        "a recommendation with kAnonymity=1";
                                case "rankOf500" -> "500 given items in the order for a user";
                                case "similarUsers" -> "the people who are like a user, described";
                                case "factorSearch" -> "the items that a user's vector fits best";
                                default -> "one drawn by chance beside a shadow";
                            },
                            unit,
                            Map.of(
                                    "mean", result.getScore(),
                                    "p50", times.getPercentile(50),
                                    "p90", times.getPercentile(90),
                                    "p99", times.getPercentile(99),
                                    "max", times.getMax()));
            default ->
                    new ModelFigure(method, label(method), unit, Map.of("mean", result.getScore()));
        };
    }

    static List<ModelFigure> of(Sizes sizes) {
        return List.of(
                bytes("heap", "memory of the model", "MB", sizes.heap() / MEGABYTE),
                bytes("snapshot", "snapshot", "MB", sizes.snapshot() / MEGABYTE),
                bytes("delta", "delta of 1,000 examples", "kB", sizes.delta() / KILOBYTE),
                bytes("items", "items", "", sizes.items()),
                bytes("users", "users", "", sizes.users()),
                bytes("entries", "basket entries", "", sizes.entries()));
    }

    private static ModelFigure bytes(String name, String what, String unit, double value) {
        return new ModelFigure(name, what, unit, Map.of("mean", value));
    }

    private static String label(String method) {
        return switch (method) {
            case "snapshotEncode" -> "snapshot, to bytes";
            case "snapshotLoad" -> "snapshot, from bytes";
            case "deltaApply" -> "delta of 1,000 examples, applied";
            default -> method;
        };
    }
}
