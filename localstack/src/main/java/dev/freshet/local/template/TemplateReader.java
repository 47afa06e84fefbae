package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.local.host.LocalCloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parser of a synthesized CloudFormation template into a {@link Cloud}. */
public final class TemplateReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head");
    private static final String INTEGRATION = "x-amazon-apigateway-integration";
    private static final String FUNCTION = "AWS::Lambda::Function";

    /** Initial number of shards of an on-demand stream (AWS: four). */
    private static final int ON_DEMAND_SHARDS = 4;

    private final Resources resources;

    private TemplateReader(JsonNode template) {
        this.resources = new Resources(template);
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
        Resources resources = new Resources(template);
        return resources.ofType(FUNCTION).stream()
                .collect(Collectors.toMap(resources::name, id -> id, (first, second) -> first));
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
                resources.ofType("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api").stream()
                        .map(id -> resources.properties(id).path("Body"))
                        .findFirst()
                        .orElse(JsonNodeFactory.instance.objectNode());
        return new Cloud(
                resources.ofType("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table").stream()
                        .map(this::table)
                        .toList(),
                resources.ofType("AWS::Kinesis::Stream").stream().map(this::stream).toList(),
                resources.ofType("AWS::S3::Bucket").stream().map(resources::name).toList(),
                resources.ofType(FUNCTION).stream()
                        .filter(
                                id ->
                                        resources
                                                .properties(id)
                                                .path("Runtime")
                                                .asText()
                                                .startsWith("java"))
                        .map(this::function)
                        .toList(),
                resources.ofType("AWS::Lambda::EventSourceMapping").stream()
                        .filter(id -> resources.properties(id).path("Enabled").asBoolean(true))
                        .map(id -> MappingReader.read(id, resources))
                        .toList(),
                schedules(),
                api,
                routes(api),
                SecurityReader.usagePlans(resources));
    }

    private Table table(String id) {
        JsonNode properties = resources.properties(id);
        Map<String, String> attributes = new HashMap<>();
        properties
                .path("AttributeDefinitions")
                .forEach(
                        attribute ->
                                attributes.put(
                                        attribute.path("AttributeName").asText(),
                                        attribute.path("AttributeType").asText()));
        List<Table.Index> indexes = new ArrayList<>();
        for (JsonNode index : properties.path("GlobalSecondaryIndexes")) {
            JsonNode projection = index.path("Projection");
            List<String> included = new ArrayList<>();
            projection
                    .path("NonKeyAttributes")
                    .forEach(attribute -> included.add(attribute.asText()));
            indexes.add(
                    new Table.Index(
                            index.path("IndexName").asText(),
                            key(index.path("KeySchema")),
                            projection.path("ProjectionType").asText("ALL"),
                            included));
        }
        return new Table(
                resources.name(id), attributes, key(properties.path("KeySchema")), indexes);
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
        JsonNode count = resources.properties(id).path("ShardCount");
        int shards =
                count.isMissingNode() ? ON_DEMAND_SHARDS : Integer.parseInt(resources.text(count));
        return new Cloud.Stream(resources.name(id), shards);
    }

    private FunctionDefinition function(String id) {
        JsonNode properties = resources.properties(id);
        Map<String, String> environment = new HashMap<>();
        properties
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(
                        variable ->
                                environment.put(
                                        variable.getKey(), resources.text(variable.getValue())));
        JsonNode reserved = properties.path("ReservedConcurrentExecutions");
        return new FunctionDefinition(
                resources.name(id),
                properties.path("Handler").asText().split("::", 2)[0],
                Duration.ofSeconds(properties.path("Timeout").asInt(3)),
                properties.path("MemorySize").asInt(128),
                reserved.isInt() ? OptionalInt.of(reserved.asInt()) : OptionalInt.empty(),
                properties.at("/SnapStart/ApplyOn").asText().equals("PublishedVersions"),
                environment);
    }

    private List<Cloud.Schedule> schedules() {
        List<Cloud.Schedule> schedules = new ArrayList<>();
        for (String id : resources.ofType("AWS::Events::Rule")) {
            JsonNode properties = resources.properties(id);
            Matcher rate = RATE.matcher(properties.path("ScheduleExpression").asText());
            if (!rate.matches() || properties.path("State").asText().equals("DISABLED")) {
                continue;
            }
            List<String> targets = new ArrayList<>();
            properties
                    .path("Targets")
                    .forEach(
                            target ->
                                    resources
                                            .behind(target.path("Arn"), FUNCTION)
                                            .ifPresent(
                                                    function ->
                                                            targets.add(resources.name(function))));
            schedules.add(new Cloud.Schedule(resources.name(id), every(rate), targets));
        }
        return schedules;
    }

    private static Duration every(Matcher rate) {
        long count = Long.parseLong(rate.group(1));
        return switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private List<Cloud.Route> routes(JsonNode api) {
        List<Cloud.Route> routes = new ArrayList<>();
        SecurityReader security = new SecurityReader(api, resources);
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            Map<String, JsonNode> shared = new HashMap<>();
            path.getValue()
                    .path("parameters")
                    .forEach(parameter -> shared.put(parameter.path("name").asText(), parameter));
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    resources
                            .behind(operation.getValue().path(INTEGRATION), FUNCTION)
                            .ifPresent(
                                    function ->
                                            routes.add(
                                                    new Cloud.Route(
                                                            operation
                                                                    .getKey()
                                                                    .toUpperCase(Locale.ROOT),
                                                            path.getKey(),
                                                            resources.name(function),
                                                            operation.getValue(),
                                                            shared,
                                                            security.authorizer(
                                                                    operation.getValue()),
                                                            security.keyed(operation.getValue()))));
                }
            }
        }
        return routes;
    }
}
