package dev.freshet.functions;

import dev.freshet.candidate.Candidates;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommendations.ReadTrace;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The log line of a list: its metrics and how it came about. The longer fields are written for one
 * list in sixteen, by its id, and for each that is degraded, empty or slow.
 */
final class ReadLine {
    /** The longest time of a list that is not slow. */
    static final Duration USUAL = Duration.ofMillis(50);

    /** The first digit of the ids whose lines have all fields, one of sixteen. */
    private static final String SAMPLED = "0";

    private ReadLine() {}

    /**
     * Completes a line and writes it.
     *
     * @param took time to compute the response
     */
    static void write(Metrics.Line line, Recommendations answer, Duration took) {
        ReadTrace trace = answer.trace();
        Candidates candidates = trace.candidates();
        line.add(MetricName.DEGRADED, answer.degraded() ? 1 : 0)
                .add(MetricName.EMPTY, answer.items().isEmpty() ? 1 : 0)
                .add(MetricName.RECOMMEND_MS, took.toMillis())
                .add(MetricName.MODEL_AGE_MS, answer.modelAge().toMillis())
                .property("modelVersion", answer.modelVersion())
                .property("candidates", candidates.size())
                .property("explored", trace.explored())
                .property("policy", trace.policy());
        if (!trace.arms().isEmpty()) {
            line.property("arms", trace.arms());
        }
        if (isDetailed(answer, took)) {
            line.property("us", micros(trace.times()))
                    .property("sources", foundAndKept(candidates))
                    .property("removed", candidates.removed());
            trace.shape().spread().ifPresent(spread -> line.property("spread", hundredths(spread)));
            trace.shape()
                    .novelty()
                    .ifPresent(novelty -> line.property("novelty", hundredths(novelty)));
        }
        line.write();
    }

    private static double hundredths(double number) {
        return Math.round(number * 100) / 100.0;
    }

    /** Returns what each source found and how many candidates of it were kept, under one name. */
    private static Map<String, List<Integer>> foundAndKept(Candidates candidates) {
        Map<String, Integer> kept = candidates.kept();
        Map<String, List<Integer>> both = new LinkedHashMap<>();
        candidates
                .found()
                .forEach((source, n) -> both.put(source, List.of(n, kept.getOrDefault(source, 0))));
        return both;
    }

    private static boolean isDetailed(Recommendations answer, Duration took) {
        return answer.degraded()
                || answer.items().isEmpty()
                || took.compareTo(USUAL) > 0
                || answer.recommendationId().startsWith(SAMPLED);
    }

    /** Returns the time of each stage in microseconds, in the order of the stages. */
    private static List<Long> micros(Map<ReadStage, Duration> times) {
        return Arrays.stream(ReadStage.values())
                .map(stage -> times.getOrDefault(stage, Duration.ZERO))
                .map(time -> TimeUnit.NANOSECONDS.toMicros(time.toNanos()))
                .toList();
    }
}
