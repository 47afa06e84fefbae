package dev.freshet.demo.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Settings;
import dev.freshet.folder.LocalState;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.local.command.CommandRun;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code freshet up} in a process of its own, on a state folder and a port that stay
 * constant across kills and restarts. It lifts usage plans and delivers some batches to the lake
 * twice. The process ends when the current process ends for any reason.
 */
final class CloudProcess implements AutoCloseable {
    /** Name of the process in the status. */
    static final String NAME = "freshet";

    private static final int MAX_STARTS = 5;
    private static final long BETWEEN_STARTS_MS = 500;
    private static final long GRACE_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path state;
    private Process process;
    private final URI api;

    /** Starts the process and returns when it answers. */
    CloudProcess(Path state) throws IOException {
        this.state = state;
        this.process = started(0);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        this.api = URI.create(JSON.readTree(ready(out)).path("api").asText());
    }

    /** Returns a client of the API that uses the owner's secret key. The caller closes it. */
    FreshetClient client() {
        return new FreshetClient(api, OwnerKeys.in(state).map(OwnerKeys::secret));
    }

    /** Returns the environment of the cloud's functions since its latest start, without secrets. */
    Settings settings() {
        return Settings.from(new LocalState(state).environment().orElseThrow());
    }

    /** Kills the process with {@code SIGKILL}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Starts the process again on the state that the killed one left. The first attempts may fail
     * because an emulator of the killed cloud still holds its files.
     */
    void restart() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                process = started(api.getPort());
                String _ = ready(process.inputReader(StandardCharsets.UTF_8));
                return;
            } catch (EOFException failed) {
                if (attempt == MAX_STARTS) {
                    throw failed;
                }
                Thread.sleep(BETWEEN_STARTS_MS);
            }
        }
    }

    private Process started(int port) throws IOException {
        List<String> own =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(each -> each.startsWith("-X"))
                        .toList();
        return CommandRun.process(
                        own,
                        "up",
                        "--json",
                        "--with-parent",
                        "--repeat-deliveries",
                        "--lift-plans",
                        "--port=" + port,
                        "--state=" + state)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Returns the line that tells that the cloud is up; nothing else is printed. */
    private static String ready(BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new EOFException("The local cloud did not start.");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
