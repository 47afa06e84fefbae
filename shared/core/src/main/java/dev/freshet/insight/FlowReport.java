package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.insight.Flow.Count;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What owners see of a {@link Flow}. What is not measured is null.
 *
 * @param minutes most complete minutes of the counts by minute
 * @param refused events, in all of these minutes; so the counts beside it
 */
public record FlowReport(
        Flow.Source source,
        Instant asOf,
        int minutes,
        List<LearningPace.Sample> acceptedPerMinute,
        List<Lists> recommendationsPerMinute,
        @Nullable Freshness freshness,
        List<Lag> consumers,
        Recommendations recommendations,
        @Nullable Requests requests,
        long refused,
        long quarantined,
        long duplicates) {
    /** The lists computed in a minute. */
    public record Lists(Instant at, long count) {}

    /** The time from the receipt of an event until its row was written. */
    public record Freshness(
            long count, @JsonUnwrapped Flow.Percentiles percentiles, List<Bar> histogram) {}

    /**
     * A class of times.
     *
     * @param upToMs its upper bound; null for the last one, which has none
     */
    public record Bar(@JsonInclude(Include.ALWAYS) @Nullable Integer upToMs, long count) {}

    /** How far a consumer of a stream is behind. */
    public record Lag(String name, long lagMs) {}

    /** The lists computed, and how many of them left something out. */
    public record Recommendations(
            long count, long degraded, @JsonUnwrapped Flow.@Nullable Percentiles times) {}

    /** The requests of the API. */
    public record Requests(long total, long clientErrors, long serverErrors, long throttled) {
        static Requests of(Flow.Minute counts) {
            return new Requests(
                    counts.get(Count.REQUESTS),
                    counts.get(Count.CLIENT_ERRORS),
                    counts.get(Count.SERVER_ERRORS),
                    counts.get(Count.THROTTLED));
        }
    }

    static FlowReport of(Flow flow) {
        Flow.Minute total = flow.total();
        return new FlowReport(
                flow.source(),
                flow.asOf(),
                Flow.MINUTES,
                flow.complete().stream()
                        .map(one -> new LearningPace.Sample(one.at(), one.get(Count.ACCEPTED)))
                        .toList(),
                flow.complete().stream()
                        .map(one -> new Lists(one.at(), one.get(Count.RECOMMENDATIONS)))
                        .toList(),
                flow.freshness() == null ? null : freshness(flow.freshness()),
                flow.consumers().stream()
                        .map(one -> new Lag(one.name(), one.lag().toMillis()))
                        .toList(),
                new Recommendations(
                        total.get(Count.RECOMMENDATIONS),
                        total.get(Count.DEGRADED),
                        flow.recommendTimes()),
                flow.requestsKnown() ? Requests.of(total) : null,
                total.get(Count.REFUSED),
                total.get(Count.QUARANTINED),
                total.get(Count.DUPLICATES));
    }

    private static Freshness freshness(Flow.Freshness of) {
        List<Integer> bounds = Flow.BOUNDS_MS;
        return new Freshness(
                of.count(),
                of.percentiles(),
                IntStream.range(0, of.counts().size())
                        .mapToObj(
                                at ->
                                        new Bar(
                                                at < bounds.size() ? bounds.get(at) : null,
                                                of.counts().get(at)))
                        .toList());
    }
}
