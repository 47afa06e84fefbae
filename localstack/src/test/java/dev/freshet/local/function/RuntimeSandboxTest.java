package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sandbox contract on real processes under AWS's runtime interface client. */
class RuntimeSandboxTest extends SandboxContract {

    @Override
    Sandbox open(Path folder) {
        return RuntimeSandbox.start(
                ECHO,
                Map.of(),
                new RuntimeSandbox.Packaged(folder, System.getProperty("java.class.path")),
                folder.resolve("echo.log"),
                InstantSource.system());
    }

    @Test
    void aProcessThatDiesIsAFailedInvocation() throws Exception {
        assertThat(sandbox().invoke("\"halt\"", "r-1", Duration.ofSeconds(20)))
                .isInstanceOf(Invocation.Failed.class);
        assertThat(sandbox().healthy()).isFalse();
    }

    @Test
    void closingEndsTheProcess() {
        long pid = ((RuntimeSandbox) sandbox()).process().pid();
        assertThat(ProcessHandle.of(pid)).isPresent();

        sandbox().close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
