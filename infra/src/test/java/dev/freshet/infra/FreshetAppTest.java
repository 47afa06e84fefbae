package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

class FreshetAppTest {
    private static StackSettings from(Map<String, Object> context) {
        return FreshetApp.settings(new App(AppProps.builder().context(context).build()).getNode());
    }

    @Test
    void optionsAreReadFromTextsNumbersAndFlags() {
        StackSettings settings = from(Map.of("stage", "prod", "eventShards", 4, "fanOut", true));
        assertThat(settings)
                .isEqualTo(
                        StackSettings.of(
                                Map.of("stage", "prod", "eventShards", "4", "fanOut", "true")));
    }

    @Test
    void anObjectInTheContextIsReadAsJson() {
        assertThat(from(Map.of("strengths", Map.of("like", 3))).find(StackOptions.STRENGTHS))
                .contains("{\"like\":3}");
    }

    @Test
    void aFileGivesOptionsAndTheContextWinsOverIt(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("shop.json"), "{\"stage\":\"prod\",\"eventShards\":2}");

        assertThat(from(Map.of("options", file.toString(), "eventShards", 4, "strict", true)))
                .isEqualTo(StackSettings.of(Map.of("stage", "prod", "eventShards", "4")));
    }

    @Test
    void onlyAChangeThatIsRefusedCanBeAllowed() {
        assertThat(from(Map.of("allow", "lake, modelId"))).isEqualTo(StackSettings.of(Map.of()));
        assertThatThrownBy(() -> from(Map.of("allow", "lakke")))
                .hasMessageStartingWith("Unknown option 'lakke'. Did you mean 'lake'?");
    }

    @Test
    void aMisspeltOptionIsRefused() {
        assertThatThrownBy(() -> from(Map.of("stge", "prod")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Unknown option 'stge'. Did you mean 'stage'?");
    }

    @Test
    void theContextOfCdkItselfIsIgnored() {
        StackSettings settings =
                from(
                        Map.of(
                                "aws:cdk:bundling-stacks",
                                List.of("**"),
                                "@aws-cdk/core:checkSecretUsage",
                                true,
                                "availability-zones:account=1:region=eu-west-1",
                                List.of("eu-west-1a"),
                                "vpc-provider:account=1",
                                Map.of("vpcId", "vpc-1"),
                                "cli-telemetry",
                                false,
                                "acknowledged-issue-numbers",
                                List.of(1)));
        assertThat(settings).isEqualTo(StackSettings.of(Map.of()));
    }

    @Test
    void theProjectsOwnContextIsKnown() throws Exception {
        JsonNode project = new ObjectMapper().readTree(Path.of("cdk.json").toFile());
        assertThat(project.path("context").fieldNames())
                .toIterable()
                .isNotEmpty()
                .isSubsetOf(FreshetApp.NAMES_OF_CDK);
    }

    @Test
    void cloudWatchKeepsLogsForEachNumberOfDaysThatIsAllowed() {
        for (int days = 0; days < 4_000; days++) {
            if (StackOptions.LOG_DAYS.type().parse(Integer.toString(days)).isPresent()) {
                assertThat(SecurityBaseline.logRetention(days)).isNotNull();
            }
        }
    }
}
