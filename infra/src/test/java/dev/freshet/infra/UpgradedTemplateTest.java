package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upgrade of a stack: CloudFormation keeps what has state, and the API's address, where the
 * logical id, the type and the properties that cannot change in place are those of the release that
 * was deployed.
 *
 * <p>What a release deploys is one file, which its build writes with {@code -Dfreshet.update=true}
 * where it is missing; later builds only read it.
 */
class UpgradedTemplateTest {
    /** Properties whose change replaces a resource. */
    private static final List<String> FIXED =
            List.of(
                    "BucketName",
                    "CatalogId",
                    "DatabaseInput/Name",
                    "DeliveryStreamName",
                    "KeySchema",
                    "KeySpec",
                    "LocalSecondaryIndexes",
                    "Name",
                    "TableName",
                    "WorkGroup");

    /** Types that are kept though they have no state. */
    private static final Set<String> ADDRESSES =
            Set.of("AWS::ApiGateway::RestApi", "AWS::CloudFront::Distribution");

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = "0.1")
    void whatHasStateAndTheAddressesAreNotReplaced(String release) throws IOException {
        JsonNode template =
                Synthesized.with(Map.of("stage", "prod", "lake", "true", "site", "true"))
                        .template();
        Map<String, JsonNode> now = kept(template.path("Resources"));
        Path file = Path.of("src/test/resources/dev/freshet/infra/release-" + release + ".json");
        if (Boolean.getBoolean("freshet.update") && Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(now));
        }
        JsonNode then = JSON.readTree(file.toFile());
        assertThat(then.size()).isGreaterThan(12);
        then.forEachEntry((id, resource) -> assertThat(now.get(id)).as(id).isEqualTo(resource));
    }

    private static Map<String, JsonNode> kept(JsonNode resources) {
        Map<String, JsonNode> kept = new TreeMap<>();
        resources.forEachEntry(
                (id, resource) -> {
                    String type = resource.path("Type").asText();
                    if (resource.path("UpdateReplacePolicy").asText().startsWith("Retain")
                            || ADDRESSES.contains(type)) {
                        kept.put(id, identity(type, resource.path("Properties")));
                    }
                });
        return kept;
    }

    private static ObjectNode identity(String type, JsonNode properties) {
        ObjectNode identity = JSON.createObjectNode().put("Type", type);
        for (String name : FIXED) {
            JsonNode value = properties.at("/" + name);
            if (!value.isMissingNode()) {
                identity.set(name, value);
            }
        }
        return identity;
    }
}
