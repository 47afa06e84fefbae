package dev.freshet.local;

import dev.freshet.api.FreshetClient;
import dev.freshet.local.localstack.LocalStackCloud;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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

    @Override
    Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    FreshetClient deploy() {
        return opened.open(
                        LocalStackCloud.start(
                                LocalStackCondition.endpoint().orElseGet(this::startContainer),
                                Options.of(CHECKOUT).withState(state)))
                .client();
    }

    private URI startContainer() {
        LocalStackContainer started =
                new LocalStackContainer(LocalStackCondition.LOCALSTACK)
                        .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
                        .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "60");
        opened.open((AutoCloseable) started::stop);
        started.start();
        return started.getEndpoint();
    }
}
