package dev.freshet.infra;

import dev.freshet.aws.option.StackSettings;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** The CloudWatch metrics that alarms and the dashboard use. */
record StackMetrics(StackSettings settings, ApiEndpoint endpoint) {
    static final Duration MINUTE = Duration.minutes(1);
    static final Duration FIVE_MINUTES = Duration.minutes(5);
    static final String MAXIMUM = "Maximum";
    static final String SUM = "Sum";
    static final String AVERAGE = "Average";
    static final String P50 = "p50";
    static final String P99 = "p99";

    /**
     * The namespace of the metrics that functions write into their logs in the embedded metric
     * format.
     */
    private static final String OWN = "Freshet";

    /**
     * Returns a metric that the functions or the worker write, by the name that {@code MetricName}
     * gives it with its meaning.
     */
    Metric own(String name, String statistic) {
        return own(name, statistic, MINUTE);
    }

    /** Returns such a metric by periods of this length. */
    Metric own(String name, String statistic, Duration period) {
        return metric(OWN, name, settings.metricDimensions(), statistic, period);
    }

    /** Returns a metric of Lambda, such as Errors, Throttles, Duration or IteratorAge. */
    Metric function(FreshetFunction function, String name, String statistic) {
        return metric(
                "AWS/Lambda",
                name,
                Map.of("FunctionName", function.function.getFunctionName()),
                statistic,
                MINUTE);
    }

    /** Returns a metric of API Gateway that both kinds of APIs have, such as Count or Latency. */
    Metric gateway(String name, String statistic) {
        return metric("AWS/ApiGateway", name, endpoint.dimensions(), statistic, MINUTE);
    }

    /** Returns the metric of responses with a status of 400 to 499. */
    Metric clientErrors(String statistic) {
        return gateway(endpoint.clientErrors(), statistic);
    }

    /** Returns the metric of responses with a status of 500 or above. */
    Metric serverErrors(String statistic) {
        return gateway(endpoint.serverErrors(), statistic);
    }

    /** Returns a metric of Kinesis, such as IncomingRecords. */
    Metric stream(String streamName, String name) {
        return metric("AWS/Kinesis", name, Map.of("StreamName", streamName), SUM, MINUTE);
    }

    /** Returns a metric of DynamoDB, such as ConsumedWriteCapacityUnits. */
    Metric table(String tableName, String name) {
        return metric("AWS/DynamoDB", name, Map.of("TableName", tableName), SUM, MINUTE);
    }

    /** Returns a metric of Firehose, such as DeliveryToIceberg.DataFreshness. */
    Metric delivery(String deliveryName, String name, String statistic) {
        return metric(
                "AWS/Firehose",
                name,
                Map.of("DeliveryStreamName", deliveryName),
                statistic,
                Duration.minutes(5));
    }

    /** Returns the number of runs of a state machine that ended in this way. */
    Metric runs(String machineArn, String name) {
        return metric("AWS/States", name, Map.of("StateMachineArn", machineArn), SUM, MINUTE);
    }

    /**
     * Returns 0 for each hour in which a run of a state machine succeeded; other hours are missing.
     */
    MathExpression unlessDone(String machineArn) {
        Metric succeeded = runs(machineArn, "ExecutionsSucceeded");
        return MathExpression.Builder.create()
                .expression("IF(succeeded > 0, 0, 1)")
                .usingMetrics(Map.of("succeeded", every(Duration.hours(1), succeeded)))
                .period(Duration.hours(1))
                .build();
    }

    /** Returns the number of objects in a bucket, which S3 counts once a day. */
    Metric objects(String bucketName) {
        return metric(
                "AWS/S3",
                "NumberOfObjects",
                Map.of("BucketName", bucketName, "StorageType", "AllStorageTypes"),
                AVERAGE,
                Duration.days(1));
    }

    /** Returns the metric by periods of this length. */
    static Metric every(Duration period, Metric metric) {
        return metric.with(MetricOptions.builder().period(period).build());
    }

    /** Returns the metric with a label for a graph; alarms accept only metrics without one. */
    static Metric labelled(String label, Metric metric) {
        return metric.with(MetricOptions.builder().label(label).build());
    }

    private static Metric metric(
            String namespace,
            String name,
            Map<String, String> dimensions,
            String statistic,
            Duration period) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(new TreeMap<>(dimensions))
                .statistic(statistic)
                .period(period)
                .build();
    }
}
