package dev.freshet.infra;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * The measurements that alarms and the dashboard look at, made in one place so that both see the
 * same.
 */
final class StackMetrics {
    static final Duration MINUTE = Duration.minutes(1);
    static final String MAXIMUM = "Maximum";
    static final String SUM = "Sum";
    static final String AVERAGE = "Average";
    static final String P50 = "p50";
    static final String P99 = "p99";

    /** Written by the functions into their logs (CloudWatch embedded metric format). */
    private static final String OWN = "Freshet";

    private final StackSettings settings;
    private final Api api;

    StackMetrics(StackSettings settings, Api api) {
        this.settings = settings;
        this.api = api;
    }

    /** Milliseconds from the start of an invocation of features to its rows written. */
    Metric writeFlowDelay(String statistic) {
        return own("WriteFlowDelayMs", statistic);
    }

    /** Milliseconds that the worker is behind a stream, by the name that it tells it under. */
    Metric workerBehind(String name) {
        return own(name, MAXIMUM);
    }

    /** Records laid into quarantine. */
    Metric quarantined() {
        return own("Quarantined", SUM);
    }

    /** Batches that end at a record which has to come again. */
    Metric unfinishedBatches() {
        return own("UnfinishedBatches", SUM);
    }

    /** Milliseconds since a replica last looked for a newer version. */
    Metric modelAge() {
        return own("ModelAgeMs", MAXIMUM);
    }

    /** Share of recommendations from which something was left out. */
    Metric degraded() {
        return own("Degraded", AVERAGE);
    }

    /** Share of requests of events that collect turned away with 429. */
    Metric shed() {
        return own("Shed", AVERAGE);
    }

    /** Events that the stream did not take within a request's time. */
    Metric unplaced() {
        return own("Unplaced", SUM);
    }

    /** Credentials that the authorizer could not judge: nobody was let in with them. */
    Metric unjudged() {
        return own("CredentialChecksFailed", SUM);
    }

    /** Credentials that were refused. */
    Metric refused() {
        return own("CredentialsRefused", SUM);
    }

    private Metric own(String name, String statistic) {
        return metric(
                OWN,
                name,
                Map.of("Stage", settings.stage().wireName(), "ModelId", settings.modelId()),
                statistic,
                MINUTE);
    }

    /** A metric of Lambda's, such as Errors, Throttles, Duration, IteratorAge. */
    Metric function(FreshetFunction function, String name, String statistic) {
        return metric(
                "AWS/Lambda",
                name,
                Map.of("FunctionName", function.function.getFunctionName()),
                statistic,
                MINUTE);
    }

    /** A metric of API Gateway's, such as Count, Latency, 5XXError. */
    Metric gateway(String name, String statistic) {
        return metric(
                "AWS/ApiGateway",
                name,
                Map.of(
                        "ApiName",
                        settings.stackName(),
                        "Stage",
                        api.api.getDeploymentStage().getStageName()),
                statistic,
                MINUTE);
    }

    /** A metric of Kinesis', such as IncomingRecords. */
    Metric stream(String streamName, String name) {
        return metric("AWS/Kinesis", name, Map.of("StreamName", streamName), SUM, MINUTE);
    }

    /** A metric of DynamoDB's, such as ConsumedWriteCapacityUnits. */
    Metric table(String tableName, String name) {
        return metric("AWS/DynamoDB", name, Map.of("TableName", tableName), SUM, MINUTE);
    }

    /** Objects in a bucket; S3 counts once a day. */
    Metric objects(String bucketName) {
        return metric(
                "AWS/S3",
                "NumberOfObjects",
                Map.of("BucketName", bucketName, "StorageType", "AllStorageTypes"),
                AVERAGE,
                Duration.days(1));
    }

    /** The metric under a name of its own, for a graph; an alarm takes only a plain one. */
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
