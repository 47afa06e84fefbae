package dev.freshet.local.function;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

class InProcessSandboxTest extends SandboxContract {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Override
    Sandbox open(Path folder) {
        return new InProcessSandbox(
                ECHO,
                new HandlersForTest(),
                threads,
                new FunctionLog(folder.resolve("functions.log")));
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }
}
