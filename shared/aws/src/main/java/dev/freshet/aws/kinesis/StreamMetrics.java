package dev.freshet.aws.kinesis;

import dev.freshet.aws.MetricData;
import dev.freshet.aws.SignedHttp;
import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.ShardScalingFlow.ShardScaling;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What CloudWatch knows of a stream and of its consumer.
 *
 * <p>The age of records is the metric {@code GetRecords.IteratorAgeMilliseconds}. Lambda and the
 * Kinesis Client Library read about once a second, so the metric is there in every minute, and is 0
 * where nothing waits. Consumers with enhanced fan-out do not call {@code GetRecords}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html">Data
 *     streams metrics</a>
 */
public final class StreamMetrics {
    private static final int ATTEMPTS = 3;
    private static final String AGES = "ages";
    private static final String RECEIVED = "received";
    private static final String BYTES = "bytes";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double RECORDS_A_MINUTE = 60 * 1_000.0;
    private static final double BYTES_A_MINUTE = 60 * (double) (1 << 20);

    /** Minutes until CloudWatch surely has what happened; the report ends that long ago. */
    private static final Duration DELAY = Duration.ofMinutes(5);

    private final MetricData cloudWatch;

    /**
     * Creates a reader.
     *
     * @param cloudWatch signs for the service {@code monitoring}
     */
    public StreamMetrics(SignedHttp cloudWatch) {
        this.cloudWatch = new MetricData(cloudWatch);
    }

    /**
     * Returns the ages of the records that the consumer read in the 24 hours up to five minutes
     * before {@code now}. The request is sent at most {@value #ATTEMPTS} times.
     *
     * @throws StoreUnavailableException if CloudWatch does not answer, refuses, or has only a part
     *     of the metrics
     */
    AdaptiveRetention.Report ofLastDay(String stream, Instant now) {
        Instant end = now.minus(DELAY);
        Instant start = end.minus(HOUR.multipliedBy(AdaptiveRetention.HOURS));
        List<MetricData.Query> queries =
                List.of(
                        query(
                                AGES,
                                stream,
                                "GetRecords.IteratorAgeMilliseconds",
                                "Maximum",
                                Duration.ofMinutes(5)),
                        query(RECEIVED, stream, "IncomingRecords", "Sum", HOUR));
        return report(cloudWatch.ask(queries, start, end, ATTEMPTS), start);
    }

    /**
     * Returns how many shards the records put into a stream would have filled, in each of the last
     * {@value ShardScaling#MINUTES} minutes up to a minute before {@code now}. A shard takes 1,000
     * records or 1 MB a second.
     *
     * @throws StoreUnavailableException as {@link #ofLastDay} does
     */
    double[] filledShards(String stream, Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.MINUTES).minus(MINUTE);
        Instant start = end.minus(MINUTE.multipliedBy(ShardScaling.MINUTES));
        Map<String, List<MetricData.Point>> answer =
                cloudWatch.ask(
                        List.of(
                                query(RECEIVED, stream, "IncomingRecords", "Sum", MINUTE),
                                query(BYTES, stream, "IncomingBytes", "Sum", MINUTE)),
                        start,
                        end,
                        ATTEMPTS);
        double[] filled = new double[ShardScaling.MINUTES];
        fill(filled, answer.getOrDefault(RECEIVED, List.of()), start, RECORDS_A_MINUTE);
        fill(filled, answer.getOrDefault(BYTES, List.of()), start, BYTES_A_MINUTE);
        return filled;
    }

    private static void fill(
            double[] filled, List<MetricData.Point> points, Instant start, double ofOneShard) {
        for (MetricData.Point point : points) {
            long minute = Duration.between(start, point.at()).dividedBy(MINUTE);
            if (!point.at().isBefore(start) && minute < filled.length) {
                filled[(int) minute] = Math.max(filled[(int) minute], point.value() / ofOneShard);
            }
        }
    }

    private static MetricData.Query query(
            String id, String stream, String metric, String statistic, Duration period) {
        return new MetricData.Query(
                id, "AWS/Kinesis", metric, Map.of("StreamName", stream), statistic, period);
    }

    private static AdaptiveRetention.Report report(
            Map<String, List<MetricData.Point>> answer, Instant start) {
        List<OptionalLong> ages =
                new ArrayList<>(Collections.nCopies(AdaptiveRetention.HOURS, OptionalLong.empty()));
        answer.getOrDefault(AGES, List.of())
                .forEach(point -> place(ages, start, point.at(), (long) point.value()));
        return new AdaptiveRetention.Report(
                ages,
                answer.getOrDefault(RECEIVED, List.of()).stream()
                        .anyMatch(point -> point.value() > 0));
    }

    private static void place(List<OptionalLong> ages, Instant start, Instant at, long age) {
        long hour = Duration.between(start, at).dividedBy(HOUR);
        if (!at.isBefore(start) && hour < ages.size()) {
            int index = (int) hour;
            ages.set(index, OptionalLong.of(Math.max(age, ages.get(index).orElse(0))));
        }
    }
}
