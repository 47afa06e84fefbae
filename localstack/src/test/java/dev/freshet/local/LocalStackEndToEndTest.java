package dev.freshet.local;

import dev.freshet.cli.client.FreshetClient;
import dev.freshet.local.localstack.LocalStackCloud;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * The end-to-end contract on LocalStack: CloudFormation creates the stack from the synthesized
 * template, LocalStack runs the functions of the packaged jar and delivers the streams' records to
 * them, and the local gateway serves the API. Runs in the Maven profile {@code localstack}, or with
 * {@code -Dlocalstack.endpoint}, if {@link LocalStackCondition} holds.
 */
@ExtendWith(LocalStackCondition.class)
class LocalStackEndToEndTest extends EndToEndContract {

    private static final Path CHECKOUT = Path.of("..");

    @TempDir private static Path state = Path.of("");

    private @Nullable LocalStackContainer container;
    private @Nullable LocalStackCloud cloud;

    @Override
    Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    FreshetClient deploy() {
        LocalStackCloud started =
                LocalStackCloud.start(
                        LocalStackCondition.endpoint().orElseGet(this::startContainer),
                        Options.of(CHECKOUT).withState(state));
        cloud = started;
        return started.client();
    }

    private URI startContainer() {
        LocalStackContainer started =
                new LocalStackContainer(LocalStackCondition.LOCALSTACK)
                        .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
                        .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "60");
        container = started;
        started.start();
        return started.getEndpoint();
    }

    @AfterAll
    void end() {
        if (cloud != null) {
            cloud.close();
        }
        if (container != null) {
            container.stop();
        }
    }
}
