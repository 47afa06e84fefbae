package dev.freshet.infra;

import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/** What a function may do, written out action by action; each statement names its resource. */
final class Access {
    private Access() {}

    /** The named DynamoDB operations, such as {@code "Query"}, on this table. */
    static PolicyStatement table(ITable table, String... operations) {
        return allow(table.getTableArn(), actions("dynamodb", operations));
    }

    /** Puts records. */
    static PolicyStatement put(IStream stream) {
        return allow(stream.getStreamArn(), actions("kinesis", "PutRecord", "PutRecords"));
    }

    /** What Lambda needs to poll this stream for a function. */
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

    /**
     * What Lambda needs besides {@link #poll} to be pushed records through a consumer of its own.
     */
    static PolicyStatement subscribe(String consumerArn) {
        return allow(consumerArn, actions("kinesis", "SubscribeToShard", "DescribeStreamConsumer"));
    }

    /** The named S3 operations, such as {@code "GetObject"}, below this prefix. */
    static PolicyStatement objects(IBucket bucket, String prefix, String... operations) {
        return allow(bucket.arnForObjects(prefix + "*"), actions("s3", operations));
    }

    /** Without it S3 calls a missing object forbidden. */
    static PolicyStatement list(IBucket bucket) {
        return allow(bucket.getBucketArn(), actions("s3", "ListBucket"));
    }

    /** Asks this foundation model of Bedrock, in the stack's own region. */
    static PolicyStatement ask(Stack stack, String modelId) {
        return allow(
                "arn:%s:bedrock:%s::foundation-model/%s"
                        .formatted(stack.getPartition(), stack.getRegion(), modelId),
                actions("bedrock", "InvokeModel"));
    }

    static PolicyStatement read(ISecret secret) {
        return allow(secret.getSecretArn(), actions("secretsmanager", "GetSecretValue"));
    }

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
