package dev.freshet.aws;

import static dev.freshet.insight.Flow.Count.CLIENT_ERRORS;
import static dev.freshet.insight.Flow.Count.REQUESTS;
import static dev.freshet.insight.Flow.Count.SERVER_ERRORS;

import dev.freshet.aws.MetricData.Point;
import dev.freshet.aws.MetricData.Query;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Count;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.insight.FlowHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The flows of a stack as CloudWatch measured them. Cost: one request for {@value #QUERIES}
 * statistics, that is $0.0003 at the list price of $0.01 for 1,000, and some 100 ms. It is sent
 * again once if nothing answers, since a connection that was open when the process froze may be
 * dead.
 *
 * <p>A stack behind an HTTP API has no figures of requests: the id of such an API is known only
 * after the function that would need it. Nor has one whose consumers use enhanced fan-out those of
 * consumers, because these do not call {@code GetRecords}.
 */
public final class CloudWatchMeasurements implements Measurements {
    /** The statistics of one request, where requests of the API are among them. */
    static final int QUERIES = 32;

    /**
     * The time without a look of a consumer at its stream after which it counts as stopped. A
     * consumer looks once a second; CloudWatch has that two minutes later.
     */
    static final Duration SILENT = Duration.ofMinutes(4);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofMinutes(Flow.MINUTES);
    private static final String SUM = "Sum";
    private static final String COUNT = "SampleCount";
    private static final int ATTEMPTS = 2;
    private static final double PERCENT = 100;

    /** The statistics of a step of the past, by their ids. */
    private static final Set<String> IN_STEPS =
            Stream.concat(
                            Stream.of(
                                            Count.ACCEPTED,
                                            Count.REFUSED,
                                            Count.QUARANTINED,
                                            Count.DUPLICATES,
                                            Count.RECOMMENDATIONS,
                                            Count.DEGRADED,
                                            Count.REQUESTS,
                                            Count.CLIENT_ERRORS,
                                            Count.SERVER_ERRORS,
                                            Count.THROTTLED)
                                    .map(CloudWatchMeasurements::id),
                            Stream.of("fresh50", "fresh99", "recommend50", "recommend99"))
                    .collect(Collectors.toUnmodifiableSet());

    /** The number of {@link #IN_STEPS}, and the version. */
    static final int HISTORY_QUERIES = 15;

    private final Supplier<MetricData> metrics;
    private final Map<String, String> streams;
    private final boolean hasRequests;
    private final List<Query> queries;
    private final Names names;

    /**
     * What is asked for.
     *
     * @param own the dimensions of the stack's own metrics
     * @param eventsStream the name of the stream that <em>features</em> reads
     * @param examplesStream the name of the stream that <em>train</em> reads
     * @param api the dimensions of a REST API's metrics; empty if they are not known
     */
    public record Names(
            Map<String, String> own,
            String eventsStream,
            String examplesStream,
            Map<String, String> api) {
        public Names {
            own = Map.copyOf(own);
            api = Map.copyOf(api);
        }
    }

    /**
     * Creates a reader.
     *
     * @param metrics called at the first read, not before
     */
    public CloudWatchMeasurements(Supplier<MetricData> metrics, Names names) {
        this.metrics = metrics;
        this.streams = Map.of("features", names.eventsStream(), "train", names.examplesStream());
        this.hasRequests = !names.api().isEmpty();
        this.queries = queries(names);
        this.names = names;
    }

    private List<Query> queries(Names names) {
        List<Query> all = new ArrayList<>();
        for (Count count : Count.values()) {
            if (!count.metric().isEmpty()) {
                own(all, names, id(count), count.metric(), SUM, MINUTE);
            }
        }
        own(all, names, id(Count.RECOMMENDATIONS), "Degraded", COUNT, MINUTE);
        own(all, names, id(Count.THROTTLED), "Shed", SUM, MINUTE);
        own(all, names, "recommend50", "RecommendMs", "p50", HOUR);
        own(all, names, "recommend99", "RecommendMs", "p99", HOUR);
        own(all, names, "fresh", "FreshnessMs", COUNT, HOUR);
        own(all, names, "fresh50", "FreshnessMs", "p50", HOUR);
        own(all, names, "fresh99", "FreshnessMs", "p99", HOUR);
        own(all, names, "skew", "ClockSkewSeconds", COUNT, HOUR);
        own(all, names, "skew50", "ClockSkewSeconds", "p50", HOUR);
        own(all, names, "skew99", "ClockSkewSeconds", "p99", HOUR);
        for (int bound : Flow.BOUNDS_MS) {
            own(all, names, "upTo" + bound, "FreshnessMs", "PR(:" + bound + ")", HOUR);
        }
        streams.forEach(
                (consumer, stream) ->
                        all.add(
                                new Query(
                                        consumer,
                                        "AWS/Kinesis",
                                        "GetRecords.IteratorAgeMilliseconds",
                                        Map.of("StreamName", stream),
                                        "Maximum",
                                        MINUTE)));
        if (hasRequests) {
            Map.of(REQUESTS, "Count", CLIENT_ERRORS, "4XXError", SERVER_ERRORS, "5XXError")
                    .forEach(
                            (count, metric) ->
                                    all.add(
                                            new Query(
                                                    id(count),
                                                    "AWS/ApiGateway",
                                                    metric,
                                                    names.api(),
                                                    SUM,
                                                    MINUTE)));
        }
        return List.copyOf(all);
    }

    private static String id(Count count) {
        return count.name().toLowerCase(Locale.ROOT);
    }

    private static void own(
            List<Query> into,
            Names names,
            String id,
            String metric,
            String statistic,
            Duration period) {
        into.add(new Query(id, "Freshet", metric, names.own(), statistic, period));
    }

    @Override
    public Optional<Flow> flow(Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.MINUTES);
        return Optional.of(flow(metrics.get().ask(queries, end.minus(HOUR), end, ATTEMPTS), end));
    }

    /**
     * Returns steps of the past. CloudWatch keeps those of five minutes for 63 days and those of an
     * hour for 455. Cost: one request for {@value #HISTORY_QUERIES} statistics, $0.0002.
     */
    @Override
    public Optional<FlowHistory> history(FlowHistory.Resolution resolution, Instant now) {
        List<Query> asked = new ArrayList<>();
        own(asked, names, "version", "FunctionVersion", "Maximum", resolution.step());
        queries.stream()
                .filter(query -> IN_STEPS.contains(query.id()))
                .map(query -> query.every(resolution.step()))
                .forEach(asked::add);
        Instant end = now.truncatedTo(ChronoUnit.MINUTES);
        Map<String, List<Point>> points =
                metrics.get().ask(asked, resolution.oldest(now), end, ATTEMPTS);
        Map<Instant, Map<Count, Long>> counts = counts(points);
        Map<Instant, Long> versions = new HashMap<>();
        of(points, "version").forEach(point -> versions.put(point.at(), Math.round(point.value())));
        Map<Instant, Flow.Percentiles> fresh = percentiles(points, "fresh50", "fresh99");
        Map<Instant, Flow.Percentiles> lists = percentiles(points, "recommend50", "recommend99");
        return Optional.of(
                new FlowHistory(
                        Flow.Source.CLOUDWATCH,
                        Stream.of(counts, fresh, lists)
                                .flatMap(known -> known.keySet().stream())
                                .distinct()
                                .sorted()
                                .map(
                                        at ->
                                                new FlowHistory.Step(
                                                        new Flow.Minute(
                                                                at,
                                                                counts.getOrDefault(at, Map.of())),
                                                        fresh.get(at),
                                                        lists.get(at),
                                                        versions.getOrDefault(at, 0L),
                                                        null))
                                .toList()));
    }

    /** Returns two percentiles by the begin of their time. */
    private static Map<Instant, Flow.Percentiles> percentiles(
            Map<String, List<Point>> points, String p50, String p99) {
        Map<Instant, Long> upper = new HashMap<>();
        of(points, p99).forEach(point -> upper.put(point.at(), Math.round(point.value())));
        Map<Instant, Flow.Percentiles> both = new HashMap<>();
        for (Point point : of(points, p50)) {
            Long p99Ms = upper.get(point.at());
            if (p99Ms != null) {
                both.put(point.at(), new Flow.Percentiles(Math.round(point.value()), p99Ms));
            }
        }
        return both;
    }

    private Flow flow(Map<String, List<Point>> points, Instant end) {
        return new Flow(
                Flow.Source.CLOUDWATCH,
                end,
                minutes(points, end),
                freshness(points),
                consumers(points, end),
                percentiles(of(points, "recommend50"), of(points, "recommend99")),
                hasRequests,
                null,
                clockSkew(points));
    }

    private static List<Point> of(Map<String, List<Point>> points, String id) {
        return points.getOrDefault(id, List.of());
    }

    /** Returns the counts by the begin of their time. */
    private static Map<Instant, Map<Count, Long>> counts(Map<String, List<Point>> points) {
        Map<Instant, Map<Count, Long>> counts = new HashMap<>();
        for (Count count : Count.values()) {
            for (Point point : of(points, id(count))) {
                counts.computeIfAbsent(point.at(), _ -> new EnumMap<>(Count.class))
                        .put(count, Math.round(point.value()));
            }
        }
        return counts;
    }

    private static List<Flow.Minute> minutes(Map<String, List<Point>> points, Instant end) {
        Map<Instant, Map<Count, Long>> counts = counts(points);
        List<Flow.Minute> minutes = new ArrayList<>();
        for (Instant at = end.minus(HOUR); at.isBefore(end); at = at.plus(MINUTE)) {
            minutes.add(new Flow.Minute(at, counts.getOrDefault(at, Map.of())));
        }
        return minutes;
    }

    /**
     * Returns the distribution of freshness. CloudWatch may divide the hour at the full hour:
     * shares are then added up by their counts, and of percentiles the larger is taken, which that
     * of the whole does not exceed.
     */
    private static Flow.@Nullable Freshness freshness(Map<String, List<Point>> points) {
        Map<Instant, Double> parts = new HashMap<>();
        of(points, "fresh").forEach(point -> parts.put(point.at(), point.value()));
        long count = Math.round(parts.values().stream().mapToDouble(Double::doubleValue).sum());
        Flow.Percentiles percentiles = percentiles(of(points, "fresh50"), of(points, "fresh99"));
        if (count == 0 || percentiles == null) {
            return null;
        }
        List<Long> counts = new ArrayList<>();
        long below = 0;
        for (int bound : Flow.BOUNDS_MS) {
            double share = 0;
            for (Point point : of(points, "upTo" + bound)) {
                share += point.value() / PERCENT * parts.getOrDefault(point.at(), 0.0);
            }
            long upTo = Math.clamp(Math.round(share), below, count);
            counts.add(upTo - below);
            below = upTo;
        }
        counts.add(count - below);
        return new Flow.Freshness(count, percentiles, counts);
    }

    private static Flow.@Nullable ClockSkew clockSkew(Map<String, List<Point>> points) {
        long count = Math.round(of(points, "skew").stream().mapToDouble(Point::value).sum());
        return count == 0
                ? null
                : new Flow.ClockSkew(
                        count, largest(of(points, "skew50")), largest(of(points, "skew99")));
    }

    private static Flow.@Nullable Percentiles percentiles(List<Point> p50, List<Point> p99) {
        return p50.isEmpty() || p99.isEmpty()
                ? null
                : new Flow.Percentiles(largest(p50), largest(p99));
    }

    private static long largest(List<Point> points) {
        return Math.round(points.stream().mapToDouble(Point::value).max().orElse(0));
    }

    /**
     * Returns how far the consumers are, by the newest look of each at its stream. One that did not
     * look for {@link #SILENT} is as far behind as that look is old; of one that did not look in
     * the whole hour nothing is known.
     */
    private List<Flow.Consumer> consumers(Map<String, List<Point>> points, Instant end) {
        List<Flow.Consumer> consumers = new ArrayList<>();
        for (String name : List.of("features", "train")) {
            of(points, name).stream()
                    .max(Comparator.comparing(Point::at))
                    .ifPresent(
                            newest -> {
                                Duration silence = Duration.between(newest.at(), end);
                                consumers.add(
                                        new Flow.Consumer(
                                                name,
                                                silence.compareTo(SILENT) >= 0
                                                        ? silence
                                                        : Duration.ofMillis(
                                                                Math.max(
                                                                        0,
                                                                        Math.round(
                                                                                newest.value())))));
                            });
        }
        return consumers;
    }
}
