package dev.freshet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    private final List<String> lines = lines();

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("Dockerfile"));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** A machine of another architecture than the image's could run a command by emulation only. */
    @Test
    void theImageIsBuiltWithoutRunningACommandInIt() {
        assertThat(lines).noneMatch(line -> line.startsWith("RUN"));
    }

    @Test
    void theProcessHasAUserByNumberThatIsNotRoot() {
        assertThat(lines).containsOnlyOnce("USER 10001");
    }
}
