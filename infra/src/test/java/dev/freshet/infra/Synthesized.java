package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awscdk.App;

/** A template that the app wrote for a set of options; each is synthesized once for all tests. */
record Synthesized(Path folder, JsonNode template) {
    /** The folder with the headers of the pages. */
    static final Path SITE = Path.of("..", "web", "site", "public");

    private static final Map<Map<String, Object>, Synthesized> MADE = new ConcurrentHashMap<>();

    static Synthesized dev() {
        return with(Map.of());
    }

    static Synthesized prod() {
        return with(Map.of("stage", "prod"));
    }

    /** Returns a prod stack with an HTTP API. */
    static Synthesized http() {
        return with(Map.of("stage", "prod", "entrance", "http"));
    }

    /** Returns a dev stack with all alarms. */
    static Synthesized watched() {
        return with(Map.of("alarms", "all"));
    }

    /** Returns a stack with the worker as the consumer of the streams. */
    static Synthesized worker() {
        return with(Map.of("consumer", "worker", "workers", 2));
    }

    /** Returns a stack with many options that differ from their defaults. */
    static Synthesized decided() {
        return with(
                Map.of(
                        "eventShards", 3,
                        "fanOut", true,
                        "streamRetention", "week",
                        "alarmEmail", "owner@site.example",
                        "embedder", "bedrock",
                        "strengths", "{\"like\":3}",
                        "blend", "weighted",
                        "catalogue", "open"));
    }

    /** Returns a prod stack with the worker as the consumer of the streams. */
    static Synthesized prodWorker() {
        return with(Map.of("stage", "prod", "consumer", "worker"));
    }

    /** Returns one stack of each kind that differs in its resources. */
    static List<Synthesized> kinds() {
        return Stream.of(
                        Stream.of(dev(), prod(), worker(), prodWorker(), decided(), entrance()),
                        Stream.of(masked(), watched(), traced(), http(), site(), siteOfHttp()),
                        Stream.of(lake(), bulk(), batch(), operated(), canary()))
                .flatMap(stacks -> stacks)
                .toList();
    }

    /** Returns a prod stack whose deployments begin with a tenth of the requests. */
    static Synthesized canary() {
        return with(Map.of("stage", "prod", "deployment", "canary"));
    }

    /** Returns a prod stack that makes lists in bulk, of users whose ids it replaces. */
    static Synthesized bulk() {
        return with(Map.of("stage", "prod", "bulk", "true", "pseudonymiseIds", "true"));
    }

    /** Returns a prod stack that runs batch jobs over its lake. */
    static Synthesized batch() {
        return with(Map.of("stage", "prod", "lake", "true", "batch", "true"));
    }

    /** Returns a prod stack with what helps its operators. */
    static Synthesized operated() {
        return with(
                Map.of("stage", "prod", "canary", "true", "operators", "true", "budget", "100"));
    }

    /** Returns a prod stack with a lake. */
    static Synthesized lake() {
        return with(Map.of("stage", "prod", "lake", "true"));
    }

    /** Returns a prod stack with the pages in front of a REST API. */
    static Synthesized site() {
        return with(Map.of("stage", "prod", "site", "true"));
    }

    /** Returns a dev stack with the pages in front of an HTTP API. */
    static Synthesized siteOfHttp() {
        return with(Map.of("entrance", "http", "site", "true"));
    }

    /** Returns a prod stack that replaces ids of users on receipt. */
    static Synthesized masked() {
        return with(Map.of("stage", "prod", "pseudonymiseIds", "true"));
    }

    /** Returns a prod stack whose functions X-Ray traces. */
    static Synthesized traced() {
        return with(Map.of("stage", "prod", "tracing", "true"));
    }

    /** Returns a prod stack with both variants of the API and a web ACL. */
    static Synthesized entrance() {
        return with(Map.of("stage", "prod", "signedApi", "true", "waf", "true"));
    }

    static Synthesized with(Map<String, Object> context) {
        return MADE.computeIfAbsent(context, Synthesized::fresh);
    }

    private static Synthesized fresh(Map<String, Object> context) {
        try {
            Path folder = scratch();
            App app = FreshetApp.app(folder.resolve("cdk.out").toString(), context);
            new FreshetStack(
                    app, FreshetApp.STACK_ID, FreshetApp.settings(app.getNode()), packages(folder));
            app.synth();
            return new Synthesized(
                    folder.resolve("cdk.out"),
                    new ObjectMapper()
                            .readTree(folder.resolve("cdk.out/Freshet.template.json").toFile()));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Writes files in place of the packages of the build, and returns these. */
    static FreshetApp.Packages packages(Path folder) throws IOException {
        Path jar = Files.writeString(folder.resolve("functions.jar"), "in place of the functions");
        Path layer = Files.createDirectories(folder.resolve("layer/java/lib"));
        Files.writeString(layer.resolve("embedding.jar"), "in place of the embedders");
        Path worker = folder.resolve("worker");
        Files.createDirectories(worker.resolve("target/layout/lib"));
        Files.writeString(worker.resolve("Dockerfile"), "FROM scratch");
        Path batch = Files.writeString(folder.resolve("batch.jar"), "in place of the batch jobs");
        return new FreshetApp.Packages(jar, folder.resolve("layer"), worker, SITE, batch);
    }

    /** Returns a new folder below the output of the build. */
    static Path scratch() throws IOException {
        Path target = Files.createDirectories(Path.of("target", "scratch"));
        return Files.createTempDirectory(target.toAbsolutePath(), "synth");
    }

    Path file() {
        return folder.resolve("Freshet.template.json");
    }

    JsonNode resource(String id) {
        return template.path("Resources").path(id);
    }

    JsonNode properties(String id) {
        return resource(id).path("Properties");
    }

    /** Returns the properties of all resources of a type by logical id. */
    Map<String, JsonNode> ofType(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        template.path("Resources")
                .forEachEntry(
                        (id, resource) -> {
                            if (resource.path("Type").asText().equals(type)) {
                                found.put(id, resource.path("Properties"));
                            }
                        });
        return found;
    }

    /** Returns the properties of the Lambda functions by logical id. */
    Map<String, JsonNode> functions() {
        return ofType("AWS::Lambda::Function");
    }

    /** Returns an environment variable of a function; empty if it has none of this name. */
    String variable(String function, String name) {
        return text(properties(function).at("/Environment/Variables/" + name));
    }

    /** Returns whether the stack has an output. */
    boolean hasOutput(String name) {
        return template.path("Outputs").has(name);
    }

    /** Asserts that a bucket blocks every way to make it public. */
    static void assertClosed(JsonNode bucket) {
        assertThat(bucket.path("PublicAccessBlockConfiguration"))
                .hasSize(4)
                .allMatch(JsonNode::asBoolean);
    }

    /**
     * Asserts properties of resources, one a line: {@code Events/ShardCount = 1}. A value that is
     * no scalar is written as JSON, a reference as the id that it names, and one that is absent is
     * empty. A dot before the member means a member of the resource itself: {@code
     * Key/.DeletionPolicy = Retain}.
     */
    void assertProperties(String lines) {
        assertThat(lines.lines())
                .isNotEmpty()
                .allSatisfy(
                        line -> {
                            int slash = line.indexOf('/');
                            int equal = line.indexOf(" =");
                            String pointer = line.substring(slash, equal);
                            JsonNode of = resource(line.substring(0, slash));
                            assertThat(of.isObject()).as(line).isTrue();
                            JsonNode value =
                                    pointer.startsWith("/.")
                                            ? of.path(pointer.substring(2))
                                            : of.path("Properties").at(pointer);
                            assertThat(text(value))
                                    .as(line)
                                    .isEqualTo(line.substring(equal + 2).strip());
                        });
    }

    /** Returns the text of a value: that of a scalar, the id that a reference names, or JSON. */
    static String text(JsonNode value) {
        return value.isValueNode() || value.isMissingNode()
                ? value.asText()
                : value.path("Ref").asText(value.at("/Fn::GetAtt/0").asText(value.toString()));
    }
}
