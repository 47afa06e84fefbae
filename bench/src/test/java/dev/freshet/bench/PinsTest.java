package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map.Entry;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verification that downloaded build inputs have exact versions. Maven's part is enforced by the
 * build itself (maven-enforcer-plugin in {@code pom.xml}).
 */
class PinsTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final Pattern EXACT = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final Pattern IMAGE =
            Pattern.compile("(?m)^(?:FROM| *image:) +(\\S+?)(?::(\\S+))?$");
    private static final Pattern ACTION =
            Pattern.compile("(?m)^ *(?:- )?uses: +([^\\s@]+)@?(\\S*)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infra", "localstack/emulators",
                "web/site", "web/tracker",
                "web/clients/typescript"
            })
    void npmPackagesHaveExactVersions(String folder) throws IOException {
        JsonNode asked = json(folder + "/package.json");
        int count = 0;
        for (String kind : new String[] {"dependencies", "devDependencies"}) {
            for (Entry<String, JsonNode> one : asked.path(kind).properties()) {
                assertThat(one.getValue().asText()).as(one.getKey()).matches(EXACT);
                count++;
            }
        }
        assertThat(count).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infra", "localstack/emulators",
                "web/site", "web/tracker",
                "web/clients/typescript"
            })
    void npmPackagesHaveAChecksumAndComeFromTheRegistry(String folder) throws IOException {
        JsonNode packages = json(folder + "/package-lock.json").path("packages");
        assertThat(packages.size()).isGreaterThan(1);
        for (Entry<String, JsonNode> one : packages.properties()) {
            if (!one.getKey().isEmpty()) {
                assertThat(one.getValue().path("integrity").asText())
                        .as(one.getKey())
                        .startsWith("sha512-");
                assertThat(one.getValue().path("resolved").asText())
                        .as(one.getKey())
                        .matches("|https://registry[.]npmjs[.]org/.*");
            }
        }
    }

    @Test
    void mavenItselfIsCheckedBeforeItRuns() throws IOException {
        Properties wrapper = new Properties();
        try (Reader in =
                Files.newBufferedReader(
                        CHECKOUT.resolve(".mvn/wrapper/maven-wrapper.properties"))) {
            wrapper.load(in);
        }
        assertThat(wrapper.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
        assertThat(wrapper.getProperty("distributionUrl"))
                .startsWith("https://repo.maven.apache.org/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"functions/worker/Dockerfile", "localstack/compose.yaml"})
    void noImageIsTheLatestOfAnything(String file) throws IOException {
        Matcher image = IMAGE.matcher(Files.readString(CHECKOUT.resolve(file)));
        assertThat(image.find()).as("an image in " + file).isTrue();
        do {
            assertThat(image.group(2)).as(image.group(1)).isNotNull().isNotEqualTo("latest");
        } while (image.find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci.yml", "release.yml"})
    void anActionOfAWorkflowIsACommit(String file) throws IOException {
        Matcher action = ACTION.matcher(workflow(file));
        assertThat(action.find()).as("an action").isTrue();
        do {
            assertThat(action.group(2)).as(action.group(1)).matches("[0-9a-f]{40}");
        } while (action.find());
    }

    /**
     * Each step of a job can use the job's rights, so a build's plugins could attest their own
     * files.
     */
    @Test
    void theJobThatMayPublishRunsNoCodeOfTheCheckout() throws IOException {
        String[] jobs = workflow("release.yml").split("(?m)^  publish:$", 2);
        assertThat(jobs).hasSize(2);
        assertThat(jobs[0]).contains("./mvnw").doesNotContain(": write");
        assertThat(jobs[1])
                .contains("id-token: write", "sha256sum --check")
                .doesNotContain("./mvnw", "actions/checkout@", "setup-");
    }

    private static String workflow(String file) throws IOException {
        return Files.readString(CHECKOUT.resolve(".github/workflows").resolve(file));
    }

    private static JsonNode json(String path) throws IOException {
        return new ObjectMapper().readTree(CHECKOUT.resolve(path).toFile());
    }
}
