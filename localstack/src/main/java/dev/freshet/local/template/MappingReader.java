package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.host.LocalCloudException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parser of an {@code AWS::Lambda::EventSourceMapping}; properties that the template omits have
 * AWS's defaults.
 */
final class MappingReader {

    private MappingReader() {}

    static MappingSpec read(String id, Resources resources) {
        JsonNode properties = resources.properties(id);
        String stream =
                resources
                        .behind(properties.path("EventSourceArn"), "AWS::Kinesis::Stream")
                        .orElseThrow(
                                () ->
                                        new LocalCloudException(
                                                "The mapping "
                                                        + id
                                                        + " refers to no stream of the template."));
        String function =
                resources
                        .behind(properties.path("FunctionName"), "AWS::Lambda::Function")
                        .orElseThrow(
                                () ->
                                        new LocalCloudException(
                                                "The mapping "
                                                        + id
                                                        + " refers to no function of the template."));
        Optional<String> destination =
                resources
                        .behind(
                                properties.path("DestinationConfig").path("OnFailure"),
                                "AWS::S3::Bucket")
                        .map(resources::name);
        String local = resources.name(stream) + "-to-" + resources.name(function);
        return new MappingSpec(
                local,
                resources.name(stream),
                resources.name(function),
                rules(properties),
                destination);
    }

    private static MappingRules rules(JsonNode properties) {
        boolean report = false;
        for (JsonNode type : properties.path("FunctionResponseTypes")) {
            report |= type.asText().equals("ReportBatchItemFailures");
        }
        MappingRules.Start start =
                MappingRules.Start.valueOf(
                        properties.path("StartingPosition").asText("TRIM_HORIZON"));
        int age = properties.path("MaximumRecordAgeInSeconds").asInt(-1);
        return new MappingRules(
                properties.path("BatchSize").asInt(100),
                Duration.ofSeconds(properties.path("MaximumBatchingWindowInSeconds").asInt(0)),
                properties.path("MaximumRetryAttempts").asInt(MappingRules.UNLIMITED),
                age < 0 ? null : Duration.ofSeconds(age),
                properties.path("BisectBatchOnFunctionError").asBoolean(false),
                report,
                properties.path("ParallelizationFactor").asInt(1),
                start,
                start == MappingRules.Start.AT_TIMESTAMP ? timestamp(properties) : null);
    }

    private static @Nullable Instant timestamp(JsonNode properties) {
        double seconds = properties.path("StartingPositionTimestamp").asDouble();
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }
}
