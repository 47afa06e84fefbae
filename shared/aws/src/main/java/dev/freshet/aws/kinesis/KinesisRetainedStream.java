package dev.freshet.aws.kinesis;

import dev.freshet.aws.AwsCalls;
import dev.freshet.store.AdaptiveRetention;
import dev.freshet.store.RetainedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * A Kinesis data stream, whose consumer's age is CloudWatch's metric {@code
 * GetRecords.IteratorAgeMilliseconds}. Lambda and the Kinesis Client Library read about once a
 * second, so the metric is there in every minute, and is 0 where nothing waits. Consumers with
 * enhanced fan-out do not call {@code GetRecords}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html">Data
 *     streams metrics</a>
 */
public final class KinesisRetainedStream implements RetainedStream {
    private static final String STORE = "The stream";
    private static final String METRICS = "CloudWatch";
    private static final Duration HOUR = Duration.ofHours(1);

    /** Minutes until CloudWatch surely has what happened; the report ends that long ago. */
    private static final Duration DELAY = Duration.ofMinutes(5);

    private final KinesisClient kinesis;
    private final CloudWatchClient metrics;
    private final String name;

    public KinesisRetainedStream(KinesisClient kinesis, CloudWatchClient metrics, String name) {
        this.kinesis = kinesis;
        this.metrics = metrics;
        this.name = name;
    }

    @Override
    public Duration retention() {
        return AwsCalls.call(
                STORE,
                () ->
                        Duration.ofHours(
                                kinesis.describeStreamSummary(r -> r.streamName(name))
                                        .streamDescriptionSummary()
                                        .retentionPeriodHours()));
    }

    @Override
    public void retain(Duration period) {
        int hours = Math.toIntExact(period.toHours());
        boolean longer = period.compareTo(retention()) > 0;
        AwsCalls.call(
                STORE,
                () ->
                        longer
                                ? kinesis.increaseStreamRetentionPeriod(
                                        r -> r.streamName(name).retentionPeriodHours(hours))
                                : kinesis.decreaseStreamRetentionPeriod(
                                        r -> r.streamName(name).retentionPeriodHours(hours)));
    }

    @Override
    public AdaptiveRetention.Report report(Instant now) {
        Instant end = now.minus(DELAY);
        Instant start = end.minus(HOUR.multipliedBy(AdaptiveRetention.HOURS));
        GetMetricDataResponse data =
                AwsCalls.call(
                        METRICS,
                        () ->
                                metrics.getMetricData(
                                        r ->
                                                r.startTime(start)
                                                        .endTime(end)
                                                        .metricDataQueries(
                                                                query(
                                                                        "ages",
                                                                        "GetRecords.IteratorAgeMilliseconds",
                                                                        "Maximum",
                                                                        Duration.ofMinutes(5)),
                                                                query(
                                                                        "received",
                                                                        "IncomingRecords",
                                                                        "Sum",
                                                                        HOUR))));
        List<OptionalLong> ages =
                new ArrayList<>(Collections.nCopies(AdaptiveRetention.HOURS, OptionalLong.empty()));
        boolean received = false;
        for (MetricDataResult result : data.metricDataResults()) {
            for (int i = 0; i < result.values().size(); i++) {
                double value = result.values().get(i);
                if (result.id().equals("received")) {
                    received |= value > 0;
                } else {
                    place(ages, start, result.timestamps().get(i), (long) value);
                }
            }
        }
        return new AdaptiveRetention.Report(ages, received);
    }

    private static void place(List<OptionalLong> ages, Instant start, Instant at, long age) {
        long hour = Duration.between(start, at).dividedBy(HOUR);
        if (!at.isBefore(start) && hour < ages.size()) {
            int index = (int) hour;
            ages.set(index, OptionalLong.of(Math.max(age, ages.get(index).orElse(0))));
        }
    }

    private MetricDataQuery query(String id, String metric, String statistic, Duration period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(
                        stat ->
                                stat.stat(statistic)
                                        .period(Math.toIntExact(period.toSeconds()))
                                        .metric(
                                                each ->
                                                        each.namespace("AWS/Kinesis")
                                                                .metricName(metric)
                                                                .dimensions(
                                                                        Dimension.builder()
                                                                                .name("StreamName")
                                                                                .value(name)
                                                                                .build())))
                .build();
    }
}
