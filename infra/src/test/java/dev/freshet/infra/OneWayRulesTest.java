package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneWayRulesTest {
    private final JsonNode template = Synthesized.decided().template();

    @ParameterizedTest
    @CsvSource({
        "ModelId, main",
        "Entrance, rest",
        "Catalogue, open",
        "PseudonymiseIds, false",
        "SecretArn, none"
    })
    void anUpdateThatChangesTheValueOfTheStackFailsBeforeItBegins(String option, String value) {
        JsonNode assertion = template.at("/Rules/Keep" + option + "/Assertions/0");

        assertThat(template.at("/Parameters/Deployed" + option + "/Default").asText())
                .isEqualTo(value);
        assertThat(assertion.path("Assert"))
                .hasToString(
                        "{\"Fn::Equals\":[{\"Ref\":\"Deployed%s\"},\"%s\"]}"
                                .formatted(option, value));
        assertThat(assertion.path("AssertDescription").asText())
                .contains(" in the template, and another value in the stack. ", "-c allow=");
    }

    @Test
    void theDeploymentThatMayChangeItHasNoRule() {
        JsonNode allowed =
                Synthesized.with(Map.of("catalogue", "open", "allow", "catalogue, modelId"))
                        .template();

        assertThat(template.path("Parameters")).hasSize(6);
        assertThat(allowed.path("Parameters").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "DeployedEntrance",
                        "DeployedPseudonymiseIds",
                        "DeployedSecretArn",
                        "DeployedIdSecretArn");
        assertThat(allowed.path("Rules")).hasSize(4);
    }

    @Test
    void theOptionsOfADeploymentAreAnOutput() {
        assertThat(template.at("/Outputs/Options/Value").asText())
                .contains("\"fanOut\":\"true\"", "\"lake\":\"false\"", "{\\\"like\\\":3}")
                .doesNotContain("\"budget\"");
        assertThat(template.at("/Outputs/OptionsHash/Value").asText()).matches("[0-9a-f]{16}");
    }
}
