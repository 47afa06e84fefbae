package dev.freshet.infra;

import dev.freshet.aws.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * What one function uses: each resource with the environment variable that names it and what the
 * function's role may do with it. The permissions keep the order in which they were added.
 */
final class Uses {
    private final Map<Setting, String> variables = new EnumMap<>(Setting.class);
    private final List<PolicyStatement> access = new ArrayList<>();

    /** Adds DynamoDB operations, such as {@code "Query"}, on a table. */
    Uses table(Setting name, ITable table, String... operations) {
        return told(name, table.getTableName()).may(Access.table(table, operations));
    }

    /** Adds that records are put into a stream. */
    Uses put(Setting name, IStream stream) {
        return told(name, stream.getStreamName()).may(Access.put(stream));
    }

    /** Adds that a secret is read. */
    Uses read(Setting name, ISecret secret) {
        return told(name, secret.getSecretArn()).may(Access.read(secret));
    }

    /** Adds S3 operations, such as {@code "GetObject"}, on the objects below a prefix. */
    Uses objects(Setting name, IBucket bucket, String prefix, String... operations) {
        return told(name, bucket.getBucketName()).may(Access.objects(bucket, prefix, operations));
    }

    /** Adds that a bucket is listed. */
    Uses list(Setting name, IBucket bucket) {
        return told(name, bucket.getBucketName()).may(Access.list(bucket));
    }

    /** Adds a variable that comes with no permission. */
    Uses told(Setting name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Adds permissions that come with no variable. */
    Uses may(PolicyStatement... statements) {
        Collections.addAll(access, statements);
        return this;
    }

    /** Adds all that another function uses. */
    Uses and(Uses other) {
        variables.putAll(other.variables);
        access.addAll(other.access);
        return this;
    }

    /** Returns the values of the environment variables. */
    Map<Setting, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    /** Returns the permissions of the role. */
    List<PolicyStatement> access() {
        return List.copyOf(access);
    }
}
