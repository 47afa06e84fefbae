package dev.freshet.infra;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Policy statements for the roles of functions. Each lists its actions one by one and names its
 * resource.
 */
final class Access {
    private Access() {}

    /** Returns the ARN of a resource of a service in the region and the account of the stack. */
    static String arn(IConstruct scope, String service, String resource) {
        Stack stack = Stack.of(scope);
        return "arn:%s:%s:%s:%s:%s"
                .formatted(
                        stack.getPartition(),
                        service,
                        stack.getRegion(),
                        stack.getAccount(),
                        resource);
    }

    /** Allows DynamoDB operations, such as {@code "Query"}, on a table. */
    static PolicyStatement table(ITable table, String... operations) {
        return of("dynamodb", table.getTableArn(), operations);
    }

    /** Allows Kinesis operations, such as {@code "PutRecords"}, on a stream. */
    static PolicyStatement stream(IStream stream, String... operations) {
        return of("kinesis", stream.getStreamArn(), operations);
    }

    /** Allows what Lambda needs to poll a stream for a function. */
    static PolicyStatement poll(IStream stream) {
        return stream(
                stream,
                "DescribeStream",
                "DescribeStreamSummary",
                "GetRecords",
                "GetShardIterator",
                "ListShards");
    }

    /** Allows looking at the retention of a stream, and changing it. */
    static PolicyStatement retain(IStream stream) {
        return stream(
                stream,
                "DescribeStreamSummary",
                "IncreaseStreamRetentionPeriod",
                "DecreaseStreamRetentionPeriod");
    }

    /** Allows looking at the number of shards of a stream, and at its tags and changing them. */
    static PolicyStatement scale(IStream stream) {
        return stream(stream, "DescribeStreamSummary", "ListTagsForStream", "AddTagsToStream");
    }

    /**
     * Allows changing the number of shards. The action has no resources: a statement that names a
     * stream would not allow it.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html">Actions
     *     of Kinesis</a>
     */
    static PolicyStatement updateShardCount() {
        return allow("*", "kinesis:UpdateShardCount");
    }

    /** Allows reading metrics; CloudWatch has no resources for them. */
    static PolicyStatement readMetrics() {
        return allow("*", "cloudwatch:GetMetricData");
    }

    /** Allows S3 operations, such as {@code "GetObject"}, on the objects below a prefix. */
    static PolicyStatement objects(IBucket bucket, String prefix, String... operations) {
        return of("s3", bucket.arnForObjects(prefix + "*"), operations);
    }

    /**
     * Allows listing a bucket. Without this permission S3 answers 403 for an object that does not
     * exist.
     */
    static PolicyStatement list(IBucket bucket) {
        return allow(bucket.getBucketArn(), "s3:ListBucket");
    }

    /** Allows actions on a resource. */
    static PolicyStatement allow(String resource, String... actions) {
        return allow(List.of(resource), List.of(actions));
    }

    /** Allows actions on resources. */
    static PolicyStatement allow(List<String> resources, List<String> actions) {
        return PolicyStatement.Builder.create().actions(actions).resources(resources).build();
    }

    /**
     * Makes the role of a construct, which a service of AWS assumes, without permissions.
     *
     * @param service first label of the service's principal, such as {@code lambda}
     */
    static Role role(Construct owner, String description, String service) {
        Role role =
                Role.Builder.create(owner, "Role")
                        .description(description)
                        .assumedBy(new ServicePrincipal(service + ".amazonaws.com"))
                        .build();
        if (!Set.of("lambda", "firehose", "codedeploy").contains(service)) {
            forThisAccount(role);
        }
        return role;
    }

    /**
     * Lets a service assume a role on behalf of this account only. A service whose guide does not
     * say that it names the account would not get the role at all: Lambda, API Gateway, CodeDeploy,
     * Firehose, which names it as an external id instead, and ECS where it starts a task.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The
     *     confused deputy problem</a>
     */
    static void forThisAccount(IConstruct role) {
        FreshetStack.resource(role, CfnRole.class)
                .addPropertyOverride(
                        "AssumeRolePolicyDocument.Statement.0.Condition",
                        Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(role).getAccount())));
    }

    private static PolicyStatement of(String service, String resource, String... operations) {
        return allow(
                resource,
                Stream.of(operations)
                        .map(operation -> service + ":" + operation)
                        .toArray(String[]::new));
    }
}
