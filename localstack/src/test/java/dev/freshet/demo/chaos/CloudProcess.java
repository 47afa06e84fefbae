package dev.freshet.demo.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOptions;
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
 * The command {@code freshet up} in a process of its own, on a state folder and a port that stay
 * constant across kills and restarts. The process ends when the current process ends for any
 * reason.
 */
final class CloudProcess implements AutoCloseable {
    /** Name of the process in the status. */
    static final String NAME = "freshet";

    private static final int MAX_STARTS = 5;
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
     * Starts the process and returns when it answers.
     *
     * @throws LocalCloudException if it does not start
     */
    static CloudProcess of(Options options) throws InterruptedException {
        return new CloudProcess(options);
    }

    /** Returns the address of the API, which is constant across restarts. */
    URI api() {
        return api;
    }

    /** Returns a client of the API that uses the owner's secret key. The caller closes it. */
    FreshetClient client() {
        return new FreshetClient(api, OwnerKeys.in(options.state()).map(OwnerKeys::secret));
    }

    /** Returns the environment of the cloud's functions since its latest start, without secrets. */
    Settings settings() {
        return new LocalState(options.state())
                .environment()
                .map(Settings::from)
                .orElseThrow(() -> new LocalCloudException("The local cloud is not running."));
    }

    /** Kills the process with {@code SIGKILL}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Starts the process again on the state that the killed one left.
     *
     * @throws LocalCloudException if it does not start in {@value #MAX_STARTS} attempts; the first
     *     ones may fail because an emulator of the killed cloud still holds its files
     */
    void restart() throws InterruptedException {
        Options unchanged = options.withPort(api.getPort()).withFresh(false);
        for (int attempt = 1; ; attempt++) {
            try {
                Started next = start(unchanged);
                process = next.process();
                api = next.api();
                return;
            } catch (LocalCloudException failed) {
                if (attempt == MAX_STARTS) {
                    throw failed;
                }
                options.messages().accept("Restart failed: " + failed.getMessage());
                Thread.sleep(BETWEEN_STARTS_MS);
            }
        }
    }

    private record Started(Process process, URI api) {}

    private static Started start(Options options) {
        try {
            Process process = new ProcessBuilder(command(options)).start();
            forwardAll(process.errorReader(StandardCharsets.UTF_8), options.messages());
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String ready = out.readLine();
            if (ready == null) {
                process.destroyForcibly();
                throw new LocalCloudException("The local cloud did not start.");
            }
            forwardAll(out, line -> {});
            return new Started(process, URI.create(JSON.readTree(ready).path("api").asText()));
        } catch (IOException e) {
            throw new LocalCloudException("The local cloud did not start: " + e.getMessage(), e);
        }
    }

    /**
     * Forwards all lines on a platform thread: a read from a pipe blocks the carrier of a virtual
     * thread, and the two streams of the process would occupy both carriers of a machine with two
     * processors.
     */
    private static void forwardAll(BufferedReader lines, Consumer<String> messages) {
        Thread.ofPlatform()
                .daemon()
                .name("cloud-output")
                .start(
                        () -> {
                            try (lines) {
                                lines.lines().forEach(messages);
                            } catch (IOException | UncheckedIOException killed) {
                                messages.accept(
                                        "(the output of the local cloud ended: "
                                                + killed.getMessage()
                                                + ")");
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
                        "--repeat-deliveries",
                        "--port=" + options.port(),
                        "--state=" + options.state(),
                        "--template=" + options.template(),
                        "--embedder=" + options.embedder(),
                        "--catalogue=" + StackOptions.CATALOGUE.type().write(options.catalogue())));
        options.settings()
                .given()
                .forEach((name, value) -> command.add("--option=" + name + "=" + value));
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
