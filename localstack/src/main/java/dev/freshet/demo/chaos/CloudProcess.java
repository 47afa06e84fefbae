package dev.freshet.demo.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.Settings;
import dev.freshet.cli.Freshet;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.LocalState;
import dev.freshet.cli.connection.OwnerKeys;
import dev.freshet.local.Options;
import dev.freshet.local.host.JavaCommand;
import dev.freshet.local.host.LocalCloudException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * {@code freshet up} as a process of its own, on a folder and a port that stay the same when it is
 * killed and started again. It ends with this process, however that ends.
 */
public final class CloudProcess implements AutoCloseable {
    /** Its name among the processes of the status. */
    public static final String NAME = "freshet";

    private static final int MOST_STARTS = 5;
    private static final long BETWEEN_STARTS_MS = 500;
    private static final long GRACE_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Options options;
    private Process process;
    private URI api;

    private CloudProcess(Options options) throws InterruptedException {
        this.options = options;
        Started first = start(options);
        this.process = first.process();
        this.api = first.api();
    }

    /**
     * Starts it, and returns when it answers.
     *
     * @throws LocalCloudException if it does not
     */
    public static CloudProcess of(Options options) throws InterruptedException {
        return new CloudProcess(options);
    }

    /** Where it answers; the same in every life. */
    public URI api() {
        return api;
    }

    /** A client of its API, with its owner's secret key. Whoever asks closes it. */
    public FreshetClient client() {
        return new FreshetClient(api, OwnerKeys.in(options.state()).map(OwnerKeys::secret));
    }

    /** What its functions are told in its present life, without secrets. */
    public Settings settings() {
        return new LocalState(options.state())
                .environment()
                .map(Settings::from)
                .orElseThrow(() -> new LocalCloudException("The local cloud does not run."));
    }

    /** Ends it with {@code SIGKILL}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Starts it again on what its last life left.
     *
     * @throws LocalCloudException if it does not start in {@value #MOST_STARTS} attempts: the first
     *     may come before the last emulator of the life before has let go of its files
     */
    void startAgain() throws InterruptedException {
        Options same = options.withPort(api.getPort()).withFresh(false);
        for (int attempt = 1; ; attempt++) {
            try {
                Started next = start(same);
                process = next.process();
                api = next.api();
                return;
            } catch (LocalCloudException failed) {
                if (attempt == MOST_STARTS) {
                    throw failed;
                }
                options.tell().accept("Starting again failed: " + failed.getMessage());
                Thread.sleep(BETWEEN_STARTS_MS);
            }
        }
    }

    private record Started(Process process, URI api) {}

    private static Started start(Options options) {
        try {
            Process process = new ProcessBuilder(command(options)).start();
            tellAll(process.errorReader(StandardCharsets.UTF_8), options.tell());
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String ready = out.readLine();
            if (ready == null) {
                process.destroyForcibly();
                throw new LocalCloudException("The local cloud did not start.");
            }
            tellAll(out, line -> {});
            return new Started(process, URI.create(JSON.readTree(ready).path("api").asText()));
        } catch (IOException e) {
            throw new LocalCloudException("The local cloud did not start: " + e.getMessage(), e);
        }
    }

    private static void tellAll(BufferedReader lines, Consumer<String> tell) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (lines) {
                                lines.lines().forEach(tell);
                            } catch (IOException | UncheckedIOException killed) {
                                tell.accept("(its output ended: " + killed.getMessage() + ")");
                            }
                        });
    }

    private static List<String> command(Options options) {
        List<String> command = new ArrayList<>();
        command.add(JavaCommand.path());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> each.startsWith("-X") && !each.contains("AutoCreate"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-Dfreshet.home=" + options.home(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Freshet.class.getName(),
                        "up",
                        "--json",
                        "--with-parent",
                        "--port=" + options.port(),
                        "--state=" + options.state(),
                        "--template=" + options.template(),
                        "--embedder=" + options.embedder()));
        if (options.fresh()) {
            command.add("--fresh");
        }
        if (options.runtime()) {
            command.add("--runtime");
        }
        if (options.plansLifted()) {
            command.add("--lift-plans");
        }
        return command;
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
