package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.api.FreshetClient;
import dev.freshet.local.localstack.MiniStackAssembly;
import dev.freshet.local.localstack.MiniStackRestApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end-to-end contract by the REST API and the authorizer of the template on MiniStack, which
 * allows each function what its role does, and nothing else.
 */
@EnabledIfSystemProperty(
        named = "freshet.emulators",
        matches = "true",
        disabledReason = "runs with ./mvnw verify -Pemulators")
class MiniStackRestApiEndToEndTest extends EndToEndContract {
    private static final Path SYNTHESIZED = Options.of(Path.of("..")).template();

    @TempDir private static Path folder = Path.of("");

    private @Nullable MiniStackRestApi api;

    @Override
    Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    FreshetClient deploy() throws Exception {
        MiniStack running = opened.open(MiniStack.start("rest-api", true));
        MiniStackRestApi deployed =
                opened.open(
                        new MiniStackRestApi(
                                running.endpoint(),
                                SYNTHESIZED,
                                Files.createDirectory(folder.resolve("assembly"))));
        api = deployed;
        return deployed.client();
    }

    private MiniStackRestApi api() {
        return Objects.requireNonNull(api);
    }

    @Test
    void theAuthorizerReadsKeysWithItsOwnRoleAndIsDeniedThemWithAnother() {
        assertThat(api().authorize("Authorize")).asString().contains("\"Allow\"");

        assertThat(api().authorize(MiniStackRestApi.WITHOUT_RIGHTS))
                .asString()
                .doesNotContain("\"Allow\"")
                .doesNotContain(MiniStackAssembly.MOCK);
    }

    @Test
    void aRequestWithoutAKeyIsNotAdmitted() {
        try (FreshetClient without = new FreshetClient(api().client().api())) {
            assertThat(without.get("/v1/trending").status()).isIn(401, 403);
        }
    }
}
