package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.local.template.Cloud.MappingSpec;
import dev.freshet.local.template.Cloud.Table;
import dev.freshet.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Parser of a synthesized CloudFormation template into a {@link Cloud}. */
public final class TemplateReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head");
    private static final String INTEGRATION = "x-amazon-apigateway-integration";
    private static final String FUNCTION = "AWS::Lambda::Function";

    /** Initial number of shards of an on-demand stream (AWS: four). */
    private static final int ON_DEMAND_SHARDS = 4;

    private final Template template;
    private final LocalNames names;

    private TemplateReader(JsonNode template) {
        this.template = new Template(template);
        this.names = new LocalNames(this.template);
    }

    /**
     * Reads a template from a file.
     *
     * @param fileOrFolder a template, or a folder that holds exactly one {@code *.template.json}
     * @throws LocalCloudException if there is none or it cannot be read
     */
    public static Cloud read(Path fileOrFolder) {
        return read(json(Files.isDirectory(fileOrFolder) ? only(fileOrFolder) : fileOrFolder));
    }

    /**
     * Parses the template in a file.
     *
     * @throws LocalCloudException if there is none or it cannot be read
     */
    public static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new LocalCloudException(
                    "There is no synthesized template at "
                            + file
                            + ": run './mvnw -q package -DskipTests'.",
                    e);
        }
    }

    /** Reads a parsed template. */
    public static Cloud read(JsonNode template) {
        return new TemplateReader(template).cloud();
    }

    /** Returns the logical ids of the functions of a parsed template, by their local names. */
    public static Map<String, String> functionIds(JsonNode template) {
        Template resources = new Template(template);
        return resources.ofType(FUNCTION).stream()
                .collect(
                        Collectors.toMap(
                                new LocalNames(resources)::name,
                                id -> id,
                                (first, second) -> first));
    }

    private static Path only(Path folder) {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".template.json")).toList();
            if (found.size() != 1) {
                throw new LocalCloudException(
                        folder
                                + " holds "
                                + found.size()
                                + " templates instead of exactly one; name the file with"
                                + " --template.");
            }
            return found.getFirst();
        } catch (IOException e) {
            throw new LocalCloudException("There is no folder " + folder + ".", e);
        }
    }

    private Cloud cloud() {
        JsonNode api =
                template.ofType("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api").stream()
                        .map(id -> template.properties(id).path("Body"))
                        .findFirst()
                        .orElse(JsonNodeFactory.instance.objectNode());
        return new Cloud(
                template.ofType("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table").stream()
                        .map(this::table)
                        .toList(),
                template.ofType("AWS::Kinesis::Stream").stream().map(this::stream).toList(),
                template.ofType("AWS::S3::Bucket").stream().map(names::name).toList(),
                template.ofType(FUNCTION).stream()
                        .filter(
                                id ->
                                        template.properties(id)
                                                .path("Runtime")
                                                .asText()
                                                .startsWith("java"))
                        .map(this::function)
                        .toList(),
                template.ofType("AWS::Lambda::EventSourceMapping").stream()
                        .filter(id -> template.properties(id).path("Enabled").asBoolean(true))
                        .map(this::mapping)
                        .toList(),
                schedules(),
                api,
                routes(api),
                SecurityReader.usagePlans(template, names));
    }

    private Table table(String id) {
        JsonNode properties = template.properties(id);
        Map<String, String> attributes = new HashMap<>();
        for (JsonNode attribute : properties.path("AttributeDefinitions")) {
            attributes.put(
                    attribute.path("AttributeName").asText(),
                    attribute.path("AttributeType").asText());
        }
        List<Table.Index> indexes = new ArrayList<>();
        for (JsonNode index : properties.path("GlobalSecondaryIndexes")) {
            JsonNode projection = index.path("Projection");
            indexes.add(
                    new Table.Index(
                            index.path("IndexName").asText(),
                            key(index.path("KeySchema")),
                            projection.path("ProjectionType").asText("ALL"),
                            projection
                                    .path("NonKeyAttributes")
                                    .valueStream()
                                    .map(JsonNode::asText)
                                    .toList()));
        }
        return new Table(names.name(id), attributes, key(properties.path("KeySchema")), indexes);
    }

    private static Table.Key key(JsonNode schema) {
        String partition = "";
        String sort = "";
        for (JsonNode element : schema) {
            if (element.path("KeyType").asText().equals("HASH")) {
                partition = element.path("AttributeName").asText();
            } else {
                sort = element.path("AttributeName").asText();
            }
        }
        return new Table.Key(partition, sort);
    }

    private Cloud.Stream stream(String id) {
        JsonNode count = template.properties(id).path("ShardCount");
        int shards = count.isMissingNode() ? ON_DEMAND_SHARDS : Integer.parseInt(names.text(count));
        return new Cloud.Stream(names.name(id), shards);
    }

    private FunctionDefinition function(String id) {
        JsonNode properties = template.properties(id);
        Map<String, String> environment = new HashMap<>();
        properties
                .at("/Environment/Variables")
                .forEachEntry((name, value) -> environment.put(name, names.text(value)));
        JsonNode reserved = properties.path("ReservedConcurrentExecutions");
        return new FunctionDefinition(
                names.name(id),
                properties.path("Handler").asText().split("::", 2)[0],
                Duration.ofSeconds(properties.path("Timeout").asInt(3)),
                properties.path("MemorySize").asInt(128),
                reserved.isInt() ? OptionalInt.of(reserved.asInt()) : OptionalInt.empty(),
                properties.at("/SnapStart/ApplyOn").asText().equals("PublishedVersions"),
                environment);
    }

    private MappingSpec mapping(String id) {
        JsonNode properties = template.properties(id);
        String stream = named(id, properties.path("EventSourceArn"), "AWS::Kinesis::Stream");
        String function = named(id, properties.path("FunctionName"), FUNCTION);
        Optional<String> destination =
                template.behind(
                                properties.path("DestinationConfig").path("OnFailure"),
                                "AWS::S3::Bucket")
                        .map(names::name);
        return new MappingSpec(
                stream + "-to-" + function, stream, function, rules(properties), destination);
    }

    /** Returns the local name of the resource of a type that a node refers to. */
    private String named(String id, JsonNode node, String type) {
        return template.behind(node, type)
                .map(names::name)
                .orElseThrow(
                        () ->
                                new LocalCloudException(
                                        id + " refers to no " + type + " of the template."));
    }

    /** Reads the rules of a mapping; properties that the template omits have AWS's defaults. */
    private static MappingRules rules(JsonNode properties) {
        boolean report =
                properties
                        .path("FunctionResponseTypes")
                        .valueStream()
                        .anyMatch(type -> type.asText().equals("ReportBatchItemFailures"));
        MappingRules.Start start =
                MappingRules.Start.valueOf(
                        properties.path("StartingPosition").asText("TRIM_HORIZON"));
        int age = properties.path("MaximumRecordAgeInSeconds").asInt(-1);
        double timestamp = properties.path("StartingPositionTimestamp").asDouble();
        return new MappingRules(
                properties.path("BatchSize").asInt(100),
                Duration.ofSeconds(properties.path("MaximumBatchingWindowInSeconds").asInt(0)),
                properties.path("MaximumRetryAttempts").asInt(MappingRules.UNLIMITED),
                age < 0 ? null : Duration.ofSeconds(age),
                properties.path("BisectBatchOnFunctionError").asBoolean(false),
                report,
                properties.path("ParallelizationFactor").asInt(1),
                start,
                start == MappingRules.Start.AT_TIMESTAMP
                        ? Instant.ofEpochMilli(Math.round(timestamp * 1000))
                        : null);
    }

    private List<Cloud.Schedule> schedules() {
        List<Cloud.Schedule> schedules = new ArrayList<>();
        for (String id : template.ofType("AWS::Events::Rule")) {
            JsonNode properties = template.properties(id);
            Optional<Duration> every =
                    Template.rate(properties.path("ScheduleExpression").asText());
            if (every.isEmpty() || properties.path("State").asText().equals("DISABLED")) {
                continue;
            }
            List<String> targets = new ArrayList<>();
            for (JsonNode target : properties.path("Targets")) {
                template.behind(target.path("Arn"), FUNCTION)
                        .map(names::name)
                        .ifPresent(targets::add);
            }
            schedules.add(new Cloud.Schedule(names.name(id), every.get(), targets));
        }
        return schedules;
    }

    private List<Cloud.Route> routes(JsonNode api) {
        List<Cloud.Route> routes = new ArrayList<>();
        SecurityReader security = new SecurityReader(api, template, names);
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                JsonNode described = operation.getValue();
                if (METHODS.contains(operation.getKey())) {
                    template.behind(described.path(INTEGRATION), FUNCTION)
                            .ifPresent(
                                    function ->
                                            routes.add(
                                                    new Cloud.Route(
                                                            operation
                                                                    .getKey()
                                                                    .toUpperCase(Locale.ROOT),
                                                            path.getKey(),
                                                            names.name(function),
                                                            described,
                                                            security.authorizer(described),
                                                            security.keyed(described))));
                }
            }
        }
        return routes;
    }
}
