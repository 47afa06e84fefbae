package dev.freshet.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Thorough;
import dev.freshet.testkit.Toolbox;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that OpenAPI Generator makes of the published document, as docs/api.md says. Each calls
 * the local cloud by a program that puts items, a user, a rule and an experiment and reads them,
 * sends events, and asks for lists; what it sent and read is the same in every language.
 */
class GeneratedClientsTest {
    private static final Path PUBLISHED = Path.of("..", "web", "api", "dist", "openapi.json");
    private static final Path TSC = Path.of("..", "web", "api", "node_modules", ".bin", "tsc");

    /** The generator and what the clients in Java need besides; the build copies them. */
    private static final Path LIBRARIES = Path.of("target", "openapi-generator");

    private static final String GENERATOR = "openapi-generator-cli";
    private static final String PARTS =
            "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false,apis,models,supportingFiles";
    private static final String JAVA =
            "openApiNullable=false,annotationLibrary=none,useJakartaEe=true,hideGenerationTimestamp=true";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ATTRIBUTES =
            """
            {"url": "https://www.example.org/1", "price": 9.5, "stock": 1, "used": false, "sizes": ["s", "m"]}
            """;
    private static final String RULE =
            """
            {"filter": {"not": {"field": "attributes.stock", "from": 0, "to": 1}},
             "limits": [{"field": "attributes.brand", "max": 3}]}
            """;

    /** What programs in Java need of a library, where libraries differ. */
    private static final String LIBRARY =
            """
            import org.openapitools.client.*;
            class Library {
                static ApiClient client(String url, String key) {
                    ApiClient api = new ApiClient();
                    %s
                    return api;
                }
                static String json(Object read) throws Exception {
                    return %s(read);
                }
            }
            """;

    private static final String BEARER = "api.setBasePath(url); api.setBearerToken(key);";
    private static final String JACKSON = "new ApiClient().getObjectMapper().writeValueAsString";
    private static final Map<String, String> OF_LIBRARY =
            Map.of(
                    "apache-httpclient", LIBRARY.formatted(BEARER, JACKSON),
                    "okhttp-gson", LIBRARY.formatted(BEARER, "JSON.getGson().toJson"),
                    "native",
                            LIBRARY.formatted(
                                    """
                                    api.updateBaseUri(url);
                                    api.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
                                    """,
                                    JACKSON));

    @TempDir private Path folder = Path.of("");

    @Test
    void theClientInTypeScriptSendsAndReadsWhatIsMeant() throws Exception {
        assumeTrue(Files.exists(TSC), "the packages of web/api are not installed");
        generate("typescript-fetch");
        Files.writeString(folder.resolve("calls.ts"), ClientProgram.resource("calls.ts"));
        run(
                TSC.toAbsolutePath()
                        + " --strict --target es2022 --module commonjs --lib es2022,dom,dom.iterable calls.ts");
        requireMeant("typescript", "node calls.js");
    }

    @Test
    @Thorough.Only
    void theClientInPythonSendsAndReadsWhatIsMeant() throws Exception {
        Path packages = Path.of("tools", "python-client.txt");
        Path python = Toolbox.python(Path.of("target", "tools", "python-client"), packages);
        generate("python");
        Files.writeString(folder.resolve("calls.py"), ClientProgram.resource("calls.py"));
        requireMeant("python", python.resolve("python") + " calls.py");
    }

    @ParameterizedTest
    @Thorough.Only
    @ValueSource(strings = {"apache-httpclient", "native", "okhttp-gson"})
    void theClientInJavaSendsAndReadsWhatIsMeant(String library) throws Exception {
        generate("java --library " + library + " --additional-properties " + JAVA);
        Path sources = folder.resolve("src/main/java");
        Files.writeString(sources.resolve("Calls.java"), ClientProgram.resource("Calls.java"));
        Files.writeString(
                sources.resolve("Library.java"), Objects.requireNonNull(OF_LIBRARY.get(library)));
        String classes = folder.resolve("classes").toString();
        String path =
                Stream.concat(
                                Stream.of(classes, System.getProperty("java.class.path")),
                                jars().filter(jar -> !jar.contains(GENERATOR)))
                        .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes, "-cp", path));
        try (Stream<Path> all = Files.walk(sources)) {
            all.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        requireMeant(library, java() + " -XX:TieredStopAtLevel=1 -cp " + path + " Calls");
    }

    /** Runs a program that calls, and compares what it read, and what is stored, with the meant. */
    private void requireMeant(String language, String program) throws Exception {
        LocalCloud cloud = TestCloud.shared();
        String name = "generated-" + language;
        String arguments =
                " %s %s %s %s"
                        .formatted(
                                cloud.apiUri(),
                                cloud.ownerKeys().orElseThrow().secret(),
                                name,
                                TestCloud.CLOCK.instant());
        try (FreshetClient client = cloud.client()) {
            JsonNode read = run(program + arguments).json();

            assertSame(
                    read,
                    """
                    {"item": %1$s, "user": %1$s, "rule": %2$s, "rules": true, "accepted": 3,
                     "for-you": [true, true], "latest": [true, true],
                     "experiment": [{"id": "control", "weight": 0.5}, {"id": "varied", "weight": 0.5, "diversity": 0.4}],
                     "refused": [400, "missing-field"]}
                    """
                            .formatted(ATTRIBUTES, RULE));
            assertSame(client.get("/v1/rules/" + name).body(), RULE);
            assertSame(
                    client.get("/v1/items/" + name + "-1").body().path("attributes"), ATTRIBUTES);
            client.delete("/v1/rules/" + name);
            client.delete("/v1/experiments/" + name);
        }
    }

    /** Compares by value: some libraries read 1 as 1.0, and absent members as null or empty. */
    private static void assertSame(JsonNode actual, String expected) throws IOException {
        JsonNode tidy = tidy(actual);
        assertThat(
                        tidy.equals(
                                (one, other) ->
                                        one.isNumber() && other.isNumber()
                                                ? Double.compare(
                                                        one.doubleValue(), other.doubleValue())
                                                : one.equals(other) ? 0 : 1,
                                JSON.readTree(expected)))
                .as("%s is %s", tidy, expected)
                .isTrue();
    }

    private static JsonNode tidy(JsonNode node) {
        node.forEach(GeneratedClientsTest::tidy);
        if (node instanceof ObjectNode object) {
            object.removeIf(value -> value.isNull() || (value.isArray() && value.isEmpty()));
        }
        return node;
    }

    /** Makes a client, by the name of a generator and its options. */
    private void generate(String generator) throws Exception {
        assertThat(PUBLISHED).as("made by 'npm run build' in web/api").exists();
        String jar = jars().filter(each -> each.contains(GENERATOR)).findFirst().orElseThrow();
        run(
                "%s -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar %s generate -i %s -o . --global-property %s -g %s"
                        .formatted(java(), jar, PUBLISHED.toAbsolutePath(), PARTS, generator));
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(file -> file.getFileName().toString()))
                    .hasSizeGreaterThan(100)
                    .noneMatch(file -> file.contains("Inner") || file.contains("_inner"));
        }
    }

    /** Runs a command in the client's folder; no word of it has a space. */
    private CommandRun run(String command) throws IOException, InterruptedException {
        CommandRun ran = ClientProgram.run(folder, ClientProgram.words(command), Map.of());
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        return ran;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Stream<String> jars() throws IOException {
        try (Stream<Path> all = Files.list(LIBRARIES)) {
            return all.map(jar -> jar.toAbsolutePath().toString()).toList().stream();
        }
    }
}
