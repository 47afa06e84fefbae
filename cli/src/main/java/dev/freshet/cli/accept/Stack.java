package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.LambdaCompactionTrigger;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.Settings.Service;
import dev.freshet.aws.SignedHttp;
import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.console.CommandException;
import dev.freshet.folder.LocalState;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.model.log.ModelLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * What knows a stack besides its API. On AWS that is the control plane, asked with the caller's
 * rights; a local cloud has the stores, the log and the functions, but neither outputs nor
 * resources.
 *
 * @param outputs by their names in the template; empty for a local cloud
 * @param resources of which the stack is made; empty for a local cloud
 * @param clients of the stores that {@code settings} name, closed by the caller
 * @param models gives the log of the model that is served
 * @param log the file in which the functions of a local cloud write; on AWS there is none
 */
record Stack(
        Map<String, String> outputs,
        List<StackResourceSummary> resources,
        Settings settings,
        Clients clients,
        Supplier<ModelLog> models,
        Path log) {
    /** Type of the resources that are functions. */
    static final String FUNCTION = "AWS::Lambda::Function";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SUCCESS = 2;

    /** Reads which resources a stack on AWS has. */
    static Stack onAws(StackOutputs outputs, Settings settings, Clients clients) {
        List<StackResourceSummary> resources =
                clients
                        .open(CloudFormationClient.builder(), Service.CLOUDFORMATION)
                        .listStackResourcesPaginator(each -> each.stackName(outputs.stack()))
                        .stackResourceSummaries()
                        .stream()
                        .toList();
        Path none = Path.of("");
        return new Stack(
                outputs.values(), resources, settings, clients, models(settings, clients), none);
    }

    /** Returns a local cloud as its state folder and its settings know it. */
    static Stack local(LocalState state, Settings settings, Clients clients) {
        Path log = state.folder().resolve("logs/functions.log");
        return new Stack(Map.of(), List.of(), settings, clients, models(settings, clients), log);
    }

    private static Supplier<ModelLog> models(Settings settings, Clients clients) {
        InstantSource clock = InstantSource.system();
        return () -> new StackStores(settings, clients, clock).modelLogs().currentLog();
    }

    /** Whether the stack is on AWS. */
    boolean isDeployed() {
        return !outputs.isEmpty();
    }

    /** Returns whether an output has a value. */
    boolean has(String output, String value) {
        return value.equals(outputs.get(output));
    }

    /** Returns an output that the stack has. */
    String output(String name) {
        return Optional.ofNullable(outputs.get(name))
                .orElseThrow(CommandException.saying("The stack has no output " + name + "."));
    }

    /** Returns the physical ids of the resources of a type, by their logical ids. */
    Map<String, String> resources(String type) {
        return resources.stream()
                .filter(each -> each.resourceType().equals(type))
                .collect(
                        Collectors.toMap(
                                StackResourceSummary::logicalResourceId,
                                StackResourceSummary::physicalResourceId));
    }

    /** Returns what a request for each resource of a type gives, by logical id. */
    <T> Map<String, T> each(String type, Function<String, T> ask) {
        Map<String, T> found = new TreeMap<>();
        resources(type).forEach((id, name) -> found.put(id, ask.apply(name)));
        return found;
    }

    /** Returns what turns texts into vectors, as the option {@code embedder} says. */
    String embedder() {
        return isDeployed()
                ? variable("Catalog", StackOptions.EMBEDDER, "none")
                : settings.embedder().name().toLowerCase(Locale.ROOT);
    }

    /** Invokes the function that compacts the model log, and does not wait for it. */
    void compact() {
        String function =
                isDeployed() ? function("Compact") : settings.text(Setting.COMPACT_FUNCTION);
        new LambdaCompactionTrigger(clients.lambda(), function).request();
    }

    /** Returns false where an emulator runs the functions and keeps their log. */
    boolean hasLog() {
        return isDeployed() || Files.exists(log);
    }

    /** Returns a line of the log that contains a text, by the function that wrote it. */
    Map<String, JsonNode> log(String text, Instant since) {
        Map<String, JsonNode> found = new TreeMap<>();
        for (String line : isDeployed() ? logged(text, since) : written(text)) {
            JsonNode json = ask("a line of the log", () -> JSON.readTree(line));
            found.put(json.path("function").asText(), json);
        }
        return found;
    }

    private List<String> written(String text) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(each -> each.contains(text)).toList();
        } catch (IOException unreadable) {
            throw new CommandException(unreadable, "%s cannot be read.", log);
        }
    }

    private List<String> logged(String text, Instant since) {
        SignedHttp http = clients.signed(Service.CLOUDWATCH_LOGS, "logs");
        JsonService logs = new JsonService(http, "Logs_20140328", "1.1");
        Map<String, String> groups = resources("AWS::Logs::LogGroup");
        return Stream.of("CollectLog", "FeaturesLog", "TrainLog")
                .map(id -> JSON.createObjectNode().put("logGroupName", groups.get(id)))
                .map(of -> of.put("filterPattern", '"' + text + '"'))
                .map(of -> of.put("startTime", since.toEpochMilli()))
                .map(request -> call(logs, "FilterLogEvents", request).path("events"))
                .flatMap(JsonNode::valueStream)
                .map(event -> event.path("message").asText())
                .toList();
    }

    private String function(String id) {
        return resources(FUNCTION).getOrDefault(id, "");
    }

    /**
     * Returns the configuration of a function.
     *
     * @param qualifier such as {@code ?Qualifier=live}
     */
    JsonNode configuration(String function, String qualifier) {
        String name = function(function);
        return lambda("2015-03-31/functions/%s/configuration%s".formatted(name, qualifier));
    }

    /** Returns a variable of a function's environment. */
    String variable(String function, EnvironmentVariable variable, String otherwise) {
        JsonNode variables = configuration(function, "").at("/Environment/Variables");
        return variables.path(variable.variable()).asText(otherwise);
    }

    /** Returns what Lambda answers to a request for a path. */
    JsonNode lambda(String path) {
        return ask(path, () -> JSON.readTree(text(clients.lambda().get("/" + path))));
    }

    /** Has an event source mapping read its stream, or leave records in it. */
    void enable(String mapping, boolean reads) {
        String path = "/2015-03-31/event-source-mappings/" + mapping;
        String change = Trial.object().put("Enabled", reads).toString();
        ask(path, () -> text(clients.lambda().put(path, change)));
    }

    /** Returns what a service answers to an operation. */
    static JsonNode call(JsonService service, String operation, ObjectNode request) {
        return ask(operation, () -> service.call(operation, request));
    }

    /** Returns the XML that a service of forms answers. */
    static String form(
            SignedHttp service, String operation, String version, Map<String, String> of) {
        return ask(operation, () -> text(service.form(operation, version, of)));
    }

    private static String text(SignedHttp.Response got) {
        CommandException.require(
                got.status() / 100 == SUCCESS, "AWS answered %d: %s", got.status(), got.body());
        return got.body();
    }

    private interface Request<T> {
        T send() throws IOException;
    }

    /** Returns what is asked for; a failure names it. */
    private static <T> T ask(String what, Request<T> request) {
        try {
            return request.send();
        } catch (IOException failed) {
            throw new CommandException(failed, "%s: %s", what, failed.getMessage());
        }
    }
}
