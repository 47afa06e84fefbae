package dev.freshet.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the local cloud, with the synthesized template and the real functions. */
class LocalCloudEndToEndTest extends EndToEndContract {

    @TempDir private static Path state = Path.of("");

    private @Nullable LocalCloud cloud;

    @Override
    URI deploy() {
        LocalCloud started =
                LocalCloud.start(
                        Options.of(Path.of("..").toAbsolutePath().normalize()).withState(state));
        cloud = started;
        return started.apiUri();
    }

    @Override
    Duration patience() {
        return Duration.ofSeconds(20);
    }

    @AfterAll
    void end() {
        if (cloud != null) {
            cloud.close();
        }
    }
}
