package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.Setting;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged command line as a process in an empty folder, with an empty home and no variables
 * but those that a test gives it, against a running local cloud.
 */
class CommandLineJarTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = TestCloud.HOME;
    private static final Path JAR = ROOT.resolve("cli/target/freshet-cli.jar");

    private final LocalCloud cloud = TestCloud.shared();
    private final String endpoint = cloud.apiUri().toString();
    private final String key = cloud.ownerKeys().orElseThrow().secret();
    private Path folder = Path.of("");
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void emptyFolder(@TempDir Path empty) {
        folder = empty;
        variables.clear();
    }

    private CommandRun jar(String... arguments) throws Exception {
        assumeTrue(Files.exists(JAR), "cli/target/freshet-cli.jar is not packaged");
        List<String> command = new ArrayList<>(List.of(Child.java(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(Files.createDirectories(folder.resolve("work")).toFile());
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(variables);
        return CommandRun.of(builder, folder, 120);
    }

    @Test
    void theJarAnswersFromAnEmptyFolder() throws Exception {
        CommandRun ran = jar("--endpoint", endpoint, "--key", key, "recommend", "--user", "u-1");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("model version");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void withoutAStackASentenceSaysHowToNameOne() throws Exception {
        CommandRun ran = jar("lake", "status");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).containsAnyOf("--endpoint", "--stack").doesNotContain("unexpec");
    }

    @Test
    void aStackIsKnownByItsOutputs() throws Exception {
        String secret = cloud.settings().variables().get("FRESHET_SECRET");
        LoopbackServer aws =
                LoopbackServer.start(
                        exchange -> {
                            String asked =
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8);
                            return asked.contains("DescribeStacks")
                                    ? HttpReply.of(200, "text/xml", outputs())
                                    : HttpReply.json(
                                            200,
                                            JSON.createObjectNode().put("SecretString", secret));
                        });
        try {
            String address = aws.uri().toString();
            variables.put("AWS_ENDPOINT_URL_CLOUDFORMATION", address);
            variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", address);
            variables.put("AWS_REGION", "eu-west-1");
            variables.put("AWS_ACCESS_KEY_ID", "test");
            variables.put("AWS_SECRET_ACCESS_KEY", "test");
            cloud.settings()
                    .variables()
                    .forEach(
                            (name, value) -> {
                                if (name.startsWith("AWS_ENDPOINT_URL_")) {
                                    variables.putIfAbsent(name, value);
                                }
                            });

            assertThat(jar("keys", "list", "--stack", "shop", "--json").json().path("keys"))
                    .hasSizeGreaterThanOrEqualTo(2);
            Path history = folder.resolve("history.csv");
            Files.writeString(history, "u-9,i-9,click,,2020-01-31T09:30:00Z\n");
            JsonNode imported =
                    jar(
                                    "import",
                                    "csv",
                                    history.toString(),
                                    "--endpoint",
                                    endpoint,
                                    "--key",
                                    key,
                                    "--stack",
                                    "shop",
                                    "--json")
                            .json();
            assertThat(imported.path("accepted").asInt()).as(imported.toString()).isEqualTo(1);
            JsonNode replayed = jar("replay", "--stack", "shop", "--json").json();
            assertThat(replayed.path("before").asText()).isEqualTo(cloud.settings().modelId());
        } finally {
            aws.close();
        }
    }

    private String outputs() {
        var settings = cloud.settings();
        StringBuilder members = new StringBuilder();
        Map.ofEntries(
                        Map.entry("Stage", settings.stage()),
                        Map.entry("ModelId", settings.modelId()),
                        Map.entry("EventsStreamName", settings.text(Setting.EVENTS_STREAM)),
                        Map.entry("ExamplesStreamName", settings.text(Setting.EXAMPLES_STREAM)),
                        Map.entry("ItemsTableName", settings.text(Setting.ITEMS_TABLE)),
                        Map.entry("ModelsTableName", settings.text(Setting.MODELS_TABLE)),
                        Map.entry("KeysTableName", settings.text(Setting.KEYS_TABLE)),
                        Map.entry("ModelBucketName", settings.text(Setting.MODEL_BUCKET)),
                        Map.entry("QuarantineBucketName", settings.text(Setting.QUARANTINE_BUCKET)),
                        Map.entry("SecretArn", "arn:aws:secretsmanager:eu-west-1:1:secret:s"),
                        Map.entry("Audience", settings.audience()))
                .forEach(
                        (name, value) ->
                                members.append(
                                        "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                                                .formatted(name, value)));
        return """
        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
          <DescribeStacksResult><Stacks><member><StackName>shop</StackName>
            <Outputs>%s</Outputs></member></Stacks></DescribeStacksResult>
        </DescribeStacksResponse>\
        """
                .formatted(members);
    }
}
