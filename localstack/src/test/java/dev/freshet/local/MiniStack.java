package dev.freshet.local;

import dev.freshet.local.emulator.Child;
import dev.freshet.testkit.Toolbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * MiniStack, an emulator of AWS from PyPI, as a process on a free port of 127.0.0.1. It is
 * installed into a virtual environment of Python under {@code target/ministack}, in the versions
 * that {@code emulators/ministack.txt} names with their hashes. Used in the Maven profile {@code
 * emulators} alone.
 *
 * @see <a href="https://pypi.org/project/ministack/">MiniStack</a>
 */
public final class MiniStack implements AutoCloseable {
    private static final String IN_PROFILE = "freshet.emulators";
    private static final Path ENVIRONMENT = Path.of("target", "ministack").toAbsolutePath();
    private static final Path PACKAGES = Path.of("emulators", "ministack.txt").toAbsolutePath();
    private static final Path PYTHON = ENVIRONMENT.resolve("bin/python");

    /** Ends MiniStack when its standard input does. */
    private static final String MAIN =
            """
            import os, signal, sys, threading
            from ministack.app import main
            def ended():
                sys.stdin.read()
                os.kill(os.getpid(), signal.SIGTERM)
            threading.Thread(target=ended, daemon=True).start()
            main()
            """;

    private final Child process;
    private final URI endpoint;

    private MiniStack(Child process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Returns whether this run is one of the profile. */
    public static boolean isWanted() {
        return Boolean.getBoolean(IN_PROFILE);
    }

    /**
     * Starts one with no resources; skips the test, with the reason, where Python 3 or PyPI is
     * missing.
     *
     * @param name of its log, {@code target/ministack-NAME.log}
     * @param policies whether each call needs the rights of who calls
     */
    public static MiniStack start(String name, boolean policies) throws InterruptedException {
        assumeInstalled();
        int port = freePort();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        MiniStack started =
                new MiniStack(
                        Child.start(
                                "MiniStack",
                                List.of(PYTHON.toString(), "-c", MAIN),
                                Map.of(
                                        "AUTH",
                                        Boolean.toString(policies),
                                        "GATEWAY_PORT",
                                        Integer.toString(port),
                                        "AWS_ENDPOINT_URL",
                                        endpoint.toString(),
                                        "BIND_HOST",
                                        "127.0.0.1",
                                        "AWS_ACCESS_KEY_ID",
                                        "test",
                                        "AWS_SECRET_ACCESS_KEY",
                                        "test"),
                                ENVIRONMENT.resolveSibling("ministack-" + name + ".log")),
                        endpoint);
        started.awaitHealth();
        return started;
    }

    /** Installs it, or skips the test with the reason. */
    public static void assumeInstalled() {
        Toolbox.python(ENVIRONMENT, PACKAGES);
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitHealth() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint.resolve("/_ministack/health")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            TestCloud.await(() -> !process.alive() || answers(client, request));
        }
        if (!process.alive()) {
            throw new IllegalStateException(
                    "MiniStack did not start (" + process.lastOutput() + "); see " + process.log());
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request)
            throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
