package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract of every kind of sandbox. */
abstract class SandboxContract {

    static final FunctionDefinition ECHO =
            new FunctionDefinition(
                    "echo",
                    HandlersForTest.class.getName(),
                    Duration.ofSeconds(20),
                    128,
                    OptionalInt.empty(),
                    false,
                    Map.of());
    private static final Duration LONG = Duration.ofSeconds(20);

    private @Nullable Sandbox opened;

    /** Returns a new sandbox of {@link HandlersForTest}. */
    abstract Sandbox open(Path folder);

    @BeforeEach
    void start(@TempDir Path folder) {
        opened = open(folder);
    }

    @AfterEach
    void end() {
        sandbox().close();
    }

    Sandbox sandbox() {
        return java.util.Objects.requireNonNull(opened);
    }

    @Test
    void answersWithTheRequestsId() throws Exception {
        assertThat(sandbox().invoke("{\"a\":1}", "r-1", LONG))
                .isEqualTo(new Invocation.Answer("{\"id\":\"r-1\",\"event\":{\"a\":1}}"));
        assertThat(sandbox().invoke("2", "r-2", LONG))
                .isEqualTo(new Invocation.Answer("{\"id\":\"r-2\",\"event\":2}"));
        assertThat(sandbox().healthy()).isTrue();
    }

    @Test
    void survivesAnExceptionOfTheHandler() throws Exception {
        assertThat(sandbox().invoke("\"throw\"", "r-1", LONG))
                .isEqualTo(
                        new Invocation.Failed(
                                "java.lang.IllegalStateException", "requested failure"));
        assertThat(sandbox().invoke("2", "r-2", LONG)).isInstanceOf(Invocation.Answer.class);
    }

    @Test
    void isDiscardedAfterATimeout() throws Exception {
        assertThat(sandbox().invoke("\"sleep\"", "r-1", Duration.ofMillis(300)))
                .isEqualTo(new Invocation.TimedOut(300));
        assertThat(sandbox().healthy()).isFalse();
    }
}
