package dev.freshet.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.CommandException;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.local.template.Cloud.MappingSpec;
import dev.freshet.local.template.Cloud.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLE =
            Path.of("src/test/resources/dev/freshet/local/sample.template.json");

    private final Cloud cloud = TemplateReader.read(SAMPLE);

    @Test
    void tablesKeepTheirKeysAndIndexes() {
        assertThat(cloud.tables())
                .containsExactly(
                        new Table(
                                "NotesTable",
                                Map.of("writer", "S", "place", "S"),
                                new Table.Key("writer", "place"),
                                List.of(
                                        new Table.Index(
                                                "by-place",
                                                new Table.Key("place", ""),
                                                "KEYS_ONLY",
                                                List.of()))));
    }

    @Test
    void aShardCountMayBeAParameter() {
        assertThat(cloud.streams()).containsExactly(new Cloud.Stream("NotesStream", 2));
        assertThat(cloud.buckets()).containsExactly("freshet-lost");
    }

    @Test
    void functionsAreTheJavaOnesWithTheirEnvironmentResolved() {
        assertThat(cloud.functions())
                .containsExactly(
                        new FunctionDefinition(
                                "take",
                                "dev.freshet.local.sample.TakeHandler",
                                Duration.ofSeconds(5),
                                512,
                                OptionalInt.empty(),
                                false,
                                Map.of(
                                        "FRESHET_STAGE", "dev",
                                        "FRESHET_EVENTS_STREAM", "NotesStream",
                                        "FRESHET_SECRET_ARN",
                                                "arn:aws:secretsmanager:us-east-1:000000000000:secret:Secret")),
                        new FunctionDefinition(
                                "store",
                                "dev.freshet.local.sample.StoreHandler",
                                Duration.ofSeconds(10),
                                128,
                                OptionalInt.of(2),
                                false,
                                Map.of(
                                        "FRESHET_INTERACTIONS_TABLE", "NotesTable",
                                        "FRESHET_QUARANTINE_BUCKET", "freshet-lost")));
    }

    @Test
    void aMappingFindsItsStreamBehindAConsumer() {
        assertThat(cloud.mappings())
                .containsExactly(
                        new MappingSpec(
                                "NotesStream-to-store",
                                "NotesStream",
                                "store",
                                new MappingRules(
                                        50,
                                        Duration.ZERO,
                                        2,
                                        Duration.ofSeconds(604_000),
                                        true,
                                        true,
                                        1,
                                        MappingRules.Start.TRIM_HORIZON,
                                        null),
                                Optional.of("freshet-lost")));
    }

    @Test
    void routesAndRulesFindTheirFunctionBehindAnAlias() {
        assertThat(cloud.routes())
                .extracting(route -> route.method() + " " + route.path() + " " + route.function())
                .containsExactly("POST /v1/notes take", "GET /v1/notes/{id} take");
        assertThat(cloud.schedules())
                .containsExactly(
                        new Cloud.Schedule("EveryMinute", Duration.ofMinutes(1), List.of("take")));
    }

    @Test
    void omittedPropertiesHaveAwsDefaults() throws Exception {
        ObjectNode template = (ObjectNode) JSON.readTree(Files.readString(SAMPLE));
        ObjectNode mapping = (ObjectNode) template.at("/Resources/StoreMapping00000005/Properties");
        mapping.retain("EventSourceArn", "FunctionName");

        MappingSpec read = TemplateReader.read(template).mappings().getFirst();

        assertThat(read.rules()).isEqualTo(MappingRules.DEFAULTS);
        assertThat(read.destination()).isEmpty();
    }

    @Test
    void anUnsupportedFunctionIsNamed() throws Exception {
        ObjectNode template = (ObjectNode) JSON.readTree(Files.readString(SAMPLE));
        ObjectNode variables =
                (ObjectNode)
                        template.at("/Resources/Take12345678/Properties/Environment/Variables");
        variables.putObject("FRESHET_STAGE").putObject("Fn::ImportValue");

        assertThatThrownBy(() -> TemplateReader.read(template))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Fn::ImportValue");
    }

    @Test
    void aFolderHoldsOneTemplate(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> TemplateReader.read(folder))
                .isInstanceOf(LocalCloudException.class);

        Files.copy(SAMPLE, folder.resolve("One.template.json"));

        assertThat(TemplateReader.read(folder)).isEqualTo(cloud);
        assertThatThrownBy(() -> TemplateReader.read(folder.resolve("none.json")))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("mvnw");
    }
}
