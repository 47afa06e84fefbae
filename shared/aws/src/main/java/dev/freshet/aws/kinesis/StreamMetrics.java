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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What CloudWatch knows of a stream and of its readers.
 *
 * <p>The age of records is what a reader itself reports, not the stream's {@code
 * GetRecords.IteratorAgeMilliseconds}, which is of all its readers. An hourly look at two streams
 * asks for some 2,900 metrics a month, of $0.03; with a lake for 5,100.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html">Data
 *     streams metrics</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Metrics
 *     of Lambda functions</a>
 */
public final class StreamMetrics {
    private static final int ATTEMPTS = 3;
    private static final String AGES = "ages";
    private static final String RECEIVED = "received";
    private static final String BYTES = "bytes";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double RECORDS_A_MINUTE = 60 * 1_000.0;
    private static final double BYTES_A_MINUTE = 60 * (double) (1 << 20);

    /** Minutes until CloudWatch surely has what happened; the report ends that long ago. */
    private static final Duration DELAY = Duration.ofMinutes(5);

    private final MetricData cloudWatch;

    /**
     * A reader of a stream, and the metrics of how far it is behind.
     *
     * @param ages of which the greatest of a minute counts
     */
    public record Reader(String namespace, Map<String, String> dimensions, List<Age> ages) {
        public Reader {
            dimensions = Map.copyOf(dimensions);
            ages = List.copyOf(ages);
        }

        /** Returns that of a Lambda function, which is there for each batch it is invoked with. */
        public static Reader ofFunction(String name) {
            return new Reader(
                    "AWS/Lambda", Map.of("FunctionName", name), List.of(Age.ms("IteratorAge")));
        }

        /**
         * Returns that of a Firehose stream. What Firehose has read and not delivered is kept by
         * the stream alone too; it collects rows for minutes, so that only an age that is {@link
         * AdaptiveRetention#LIMIT late} counts.
         *
         * @see <a
         *     href="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html">Metrics
         *     of Firehose</a>
         */
        public static Reader ofDelivery(String name) {
            return new Reader(
                    "AWS/Firehose",
                    Map.of("DeliveryStreamName", name),
                    List.of(
                            Age.ms("KinesisMillisBehindLatest"),
                            new Age(
                                    "DeliveryToIceberg.DataFreshness",
                                    1_000,
                                    AdaptiveRetention.LIMIT.toMillis())));
        }
    }

    /**
     * A metric of an age.
     *
     * @param unitMs the milliseconds of its unit
     * @param from the milliseconds below which it counts as 0
     */
    public record Age(String metric, long unitMs, long from) {
        /** Returns one in milliseconds. */
        public static Age ms(String metric) {
            return new Age(metric, 1, 0);
        }

        private long of(double value) {
            long age = (long) (value * unitMs);
            return age < from ? 0 : age;
        }
    }

    /**
     * Creates a reader.
     *
     * @param cloudWatch signs for the service {@code monitoring}
     */
    public StreamMetrics(SignedHttp cloudWatch) {
        this.cloudWatch = new MetricData(cloudWatch);
    }

    /**
     * Returns what a reader reports of the days up to five minutes before {@code now}. The request
     * is sent at most {@value #ATTEMPTS} times.
     *
     * @throws StoreUnavailableException if CloudWatch does not answer, refuses, or has only a part
     *     of the metrics
     */
    AdaptiveRetention.Report report(String stream, Reader reader, Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.MINUTES).minus(DELAY);
        Instant start = end.minus(MINUTE.multipliedBy(AdaptiveRetention.MINUTES));
        List<MetricData.Query> queries = new ArrayList<>();
        for (Age age : reader.ages()) {
            queries.add(
                    new MetricData.Query(
                            AGES + queries.size(),
                            reader.namespace(),
                            age.metric(),
                            reader.dimensions(),
                            "Maximum",
                            MINUTE));
        }
        queries.add(query(RECEIVED, stream, "IncomingRecords"));
        Map<String, List<MetricData.Point>> answer = cloudWatch.ask(queries, start, end, ATTEMPTS);
        long[] read = new long[AdaptiveRetention.MINUTES];
        Arrays.fill(read, -1);
        boolean[] received = new boolean[AdaptiveRetention.MINUTES];
        for (int nth = 0; nth < reader.ages().size(); nth++) {
            Age age = reader.ages().get(nth);
            each(
                    answer,
                    AGES + nth,
                    start,
                    read.length,
                    (minute, value) -> read[minute] = Math.max(read[minute], age.of(value)));
        }
        each(
                answer,
                RECEIVED,
                start,
                read.length,
                (minute, records) -> received[minute] = records > 0);
        return AdaptiveRetention.Report.of(read, received);
    }

    /**
     * Returns how many shards the records put into a stream would have filled, in each of the last
     * {@value ShardScaling#MINUTES} minutes up to a minute before {@code now}. A shard takes 1,000
     * records or 1 MB a second.
     *
     * @throws StoreUnavailableException as {@link #report} does
     */
    double[] filledShards(String stream, Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.MINUTES).minus(MINUTE);
        Instant start = end.minus(MINUTE.multipliedBy(ShardScaling.MINUTES));
        Map<String, List<MetricData.Point>> answer =
                cloudWatch.ask(
                        List.of(
                                query(RECEIVED, stream, "IncomingRecords"),
                                query(BYTES, stream, "IncomingBytes")),
                        start,
                        end,
                        ATTEMPTS);
        double[] filled = new double[ShardScaling.MINUTES];
        Map.of(RECEIVED, RECORDS_A_MINUTE, BYTES, BYTES_A_MINUTE)
                .forEach(
                        (id, ofOneShard) ->
                                each(
                                        answer,
                                        id,
                                        start,
                                        filled.length,
                                        (minute, sum) ->
                                                filled[minute] =
                                                        Math.max(
                                                                filled[minute], sum / ofOneShard)));
        return filled;
    }

    /** Takes the value of a minute. */
    private interface Minutes {
        void take(int minute, double value);
    }

    /** Gives the points of a result that lie in so many minutes from {@code start} on. */
    private static void each(
            Map<String, List<MetricData.Point>> answer,
            String id,
            Instant start,
            int most,
            Minutes minutes) {
        for (MetricData.Point point : answer.getOrDefault(id, List.of())) {
            long minute = Duration.between(start, point.at()).dividedBy(MINUTE);
            if (!point.at().isBefore(start) && minute < most) {
                minutes.take((int) minute, point.value());
            }
        }
    }

    private static MetricData.Query query(String id, String stream, String metric) {
        return new MetricData.Query(
                id, "AWS/Kinesis", metric, Map.of("StreamName", stream), "Sum", MINUTE);
    }
}
