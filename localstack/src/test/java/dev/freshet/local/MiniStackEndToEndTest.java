package dev.freshet.local;

import dev.freshet.api.FreshetClient;
import dev.freshet.local.command.AcceptTest;
import dev.freshet.local.localstack.LocalStackCloud;
import dev.freshet.local.localstack.MiniStackAssembly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end-to-end contract and {@code freshet accept} by {@code ./freshet localstack} on MiniStack,
 * which allows each function what its role does.
 */
@EnabledIfSystemProperty(
        named = "freshet.emulators",
        matches = "true",
        disabledReason = "runs with ./mvnw verify -Pemulators")
class MiniStackEndToEndTest extends EndToEndContract {
    private static final Path CHECKOUT = Path.of("..");

    @TempDir private static Path folder = Path.of("");

    @Override
    Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    FreshetClient deploy() throws Exception {
        MiniStack running = opened.open(MiniStack.start("command", true));
        Path assembly = Files.createDirectory(folder.resolve("assembly"));
        Options usual = Options.of(CHECKOUT);
        MiniStackAssembly.write(usual.template(), assembly);
        return opened.open(
                        LocalStackCloud.start(
                                running.endpoint(),
                                usual.withState(folder.resolve("state")).withTemplate(assembly)))
                .client();
    }

    @Test
    void freshetAcceptFindsNoFaultInTheStack() throws Exception {
        AcceptTest.assertAccepted(folder.resolve("state"));
    }
}
