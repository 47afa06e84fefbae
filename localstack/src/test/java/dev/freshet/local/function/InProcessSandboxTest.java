package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessSandboxTest extends SandboxContract {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Path log = Path.of("");

    @Override
    Sandbox open(Path folder) {
        log = folder.resolve("functions.log");
        return new InProcessSandbox(ECHO, new HandlersForTest(), threads, new FunctionLog(log));
    }

    @Test
    void onlyOutputOfTheHandlerGoesToTheLog() throws Exception {
        FunctionLog.captureOutput();

        sandbox().invoke("\"print\"", "r-1", Duration.ofSeconds(20));
        System.out.println("by the test");

        assertThat(Files.readString(log))
                .contains("to out")
                .contains("to err")
                .contains("from a thread")
                .doesNotContain("by the test");
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }
}
