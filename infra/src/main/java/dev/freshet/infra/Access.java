package dev.freshet.infra;

import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * Policy statements for the roles of functions. Each lists its actions one by one and names its
 * resource.
 */
final class Access {
    private Access() {}

    /** Allows DynamoDB operations, such as {@code "Query"}, on a table. */
    static PolicyStatement table(ITable table, String... operations) {
        return allow(table.getTableArn(), actions("dynamodb", operations));
    }

    /** Allows putting records into a stream. */
    static PolicyStatement put(IStream stream) {
        return allow(stream.getStreamArn(), actions("kinesis", "PutRecord", "PutRecords"));
    }

    /** Allows what Lambda needs to poll a stream for a function. */
    static PolicyStatement poll(IStream stream) {
        return allow(
                stream.getStreamArn(),
                actions(
                        "kinesis",
                        "DescribeStream",
                        "DescribeStreamSummary",
                        "GetRecords",
                        "GetShardIterator",
                        "ListShards"));
    }

    /** Allows looking at the retention of a stream, and changing it. */
    static PolicyStatement retain(IStream stream) {
        return allow(
                stream.getStreamArn(),
                actions(
                        "kinesis",
                        "DescribeStreamSummary",
                        "IncreaseStreamRetentionPeriod",
                        "DecreaseStreamRetentionPeriod"));
    }

    /** Allows looking at the number of shards of a stream and its tags, and changing both. */
    static PolicyStatement scale(IStream stream) {
        return allow(
                stream.getStreamArn(),
                actions(
                        "kinesis",
                        "DescribeStreamSummary",
                        "ListTagsForStream",
                        "AddTagsToStream",
                        "UpdateShardCount"));
    }

    /** Allows reading metrics; CloudWatch has no resources for them. */
    static PolicyStatement readMetrics() {
        return allow("*", actions("cloudwatch", "GetMetricData"));
    }

    /** Allows what Lambda needs, besides {@link #poll}, to receive records by enhanced fan-out. */
    static PolicyStatement subscribe(String consumerArn) {
        return allow(consumerArn, actions("kinesis", "SubscribeToShard", "DescribeStreamConsumer"));
    }

    /** Allows S3 operations, such as {@code "GetObject"}, on the objects below a prefix. */
    static PolicyStatement objects(IBucket bucket, String prefix, String... operations) {
        return allow(bucket.arnForObjects(prefix + "*"), actions("s3", operations));
    }

    /**
     * Allows listing a bucket. Without this permission S3 answers 403 for an object that does not
     * exist.
     */
    static PolicyStatement list(IBucket bucket) {
        return allow(bucket.getBucketArn(), actions("s3", "ListBucket"));
    }

    /** Allows invoking a foundation model of Bedrock in the region of the stack. */
    static PolicyStatement invokeModel(Stack stack, String modelId) {
        return allow(
                "arn:%s:bedrock:%s::foundation-model/%s"
                        .formatted(stack.getPartition(), stack.getRegion(), modelId),
                actions("bedrock", "InvokeModel"));
    }

    /** Allows invoking a function of the stack's account, not one of its versions or aliases. */
    static PolicyStatement invoke(Stack stack, String function) {
        return allow(
                "arn:%s:lambda:%s:%s:function:%s"
                        .formatted(
                                stack.getPartition(),
                                stack.getRegion(),
                                stack.getAccount(),
                                function),
                actions("lambda", "InvokeFunction"));
    }

    /** Allows reading a secret. */
    static PolicyStatement read(ISecret secret) {
        return allow(secret.getSecretArn(), actions("secretsmanager", "GetSecretValue"));
    }

    /** Allows actions on a resource. */
    static PolicyStatement allow(String resource, List<String> actions) {
        return PolicyStatement.Builder.create()
                .effect(Effect.ALLOW)
                .actions(actions)
                .resources(List.of(resource))
                .build();
    }

    private static List<String> actions(String service, String... operations) {
        return List.of(operations).stream().map(operation -> service + ":" + operation).toList();
    }
}
