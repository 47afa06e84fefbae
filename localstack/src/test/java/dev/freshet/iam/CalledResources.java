package dev.freshet.iam;

import dev.freshet.local.template.Arns;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * The resources of calls, each with the IAM action that the call needs on it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html">Service
 *     Authorization Reference</a>
 */
final class CalledResources {
    /** The number of shard iterators whose streams are remembered; each is used once. */
    private static final int MAX_ITERATORS = 10_000;

    private static final Pattern INVOCATION =
            Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

    private static final Set<String> WITHOUT_RESOURCE = Set.of("ListTables", "ListStreams");
    private static final Set<String> LISTS = Set.of("ListObjectsV2", "ListObjects", "HeadBucket");

    private final Map<String, String> streamOfIterator =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                            return size() > MAX_ITERATORS;
                        }
                    });

    /** Returns the action by the ARN of each resource of a call. */
    Map<String, String> of(SdkRequest request, String operation) {
        return switch (request) {
            case BatchExecuteStatementRequest batch ->
                    batch.statements().stream()
                            .map(insert -> tableArn(insert.statement().split("\"", 3)[1]))
                            .distinct()
                            .collect(
                                    Collectors.toMap(
                                            Function.identity(), _ -> "dynamodb:PartiQLInsert"));
            case DynamoDbRequest _ -> table(request, operation);
            case KinesisRequest _ -> Map.of(stream(request, operation), "kinesis:" + operation);
            case S3Request _ -> object(request, operation);
            default -> Map.of("unknown", request.getClass().getSimpleName() + ":" + operation);
        };
    }

    /** Returns the action by the ARN of the resource of a request that has no client. */
    static Map<String, String> ofSigned(String service, SdkHttpRequest request) {
        Matcher invocation = INVOCATION.matcher(request.encodedPath());
        return switch (service) {
            case "lambda" ->
                    invocation.matches()
                            ? Map.of(
                                    Arns.of("lambda", "function:" + invocation.group(1)),
                                    "lambda:InvokeFunction")
                            : Map.of("unknown", "lambda:" + request.encodedPath());
            case "monitoring" ->
                    Map.of(
                            "*",
                            "cloudwatch:"
                                    + request.firstMatchingHeader("X-Amz-Target")
                                            .map(target -> target.replaceFirst(".*\\.", ""))
                                            .orElse("unknown"));
            default -> Map.of("unknown", service + ":" + request.encodedPath());
        };
    }

    private static Map<String, String> table(SdkRequest request, String operation) {
        String action = "dynamodb:" + operation;
        Map<String, String> resources = new LinkedHashMap<>();
        if (WITHOUT_RESOURCE.contains(operation)) {
            resources.put("*", action);
        }
        Map<?, ?> tables = request.getValueForField("RequestItems", Map.class).orElse(Map.of());
        tables.keySet().forEach(name -> resources.put(tableArn(name.toString()), action));
        String index = field(request, "IndexName").map(name -> "/index/" + name).orElse("");
        field(request, "TableName")
                .ifPresent(name -> resources.put(tableArn(name) + index, action));
        return resources.isEmpty() ? Map.of("unknown", action) : resources;
    }

    private static String tableArn(String name) {
        return Arns.of("dynamodb", "table/" + name);
    }

    private String stream(SdkRequest request, String operation) {
        return WITHOUT_RESOURCE.contains(operation)
                ? "*"
                : streamName(request)
                        .map(name -> Arns.of("kinesis", "stream/" + name))
                        .orElse("unknown");
    }

    private Optional<String> streamName(SdkRequest request) {
        return field(request, "StreamName")
                .or(() -> field(request, "StreamARN").map(Arns::name))
                .or(() -> field(request, "ShardIterator").map(streamOfIterator::get));
    }

    /** Remembers that an iterator, which a call returned, is one of the stream of the call. */
    void remember(@Nullable String iterator, SdkRequest request) {
        if (iterator != null) {
            streamName(request).ifPresent(name -> streamOfIterator.put(iterator, name));
        }
    }

    private static Map<String, String> object(SdkRequest request, String operation) {
        String bucket = bucket(field(request, "Bucket").orElse("unknown"));
        if (LISTS.contains(operation)) {
            return Map.of(bucket, "s3:ListBucket");
        }
        String action = operation.equals("HeadObject") ? "GetObject" : operation;
        return Map.of(
                field(request, "Key").map(key -> bucket + "/" + key).orElse(bucket),
                "s3:" + action);
    }

    static String bucket(String name) {
        return "arn:aws:s3:::" + name;
    }

    private static Optional<String> field(SdkRequest request, String name) {
        return request.getValueForField(name, String.class);
    }
}
