package dev.freshet.local.measure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.insight.Flow;
import dev.freshet.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * HTTP server of what the local cloud measures, on a free port of 127.0.0.1. The logs are read once
 * a second, so that figures are at most a second old. They have sums alone and no credential guards
 * them, as none guards the status.
 */
public final class MeasurementServer implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final MetricLines lines;
    private final FlowMeter meter;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private volatile Supplier<List<Flow.Consumer>> consumers = List::of;

    /**
     * Starts a server.
     *
     * @param logs the folder of the functions' logs
     */
    public MeasurementServer(Path logs, InstantSource clock, Consumer<String> messages) {
        this.lines = new MetricLines(logs);
        this.meter = new FlowMeter(clock.instant());
        this.clock = clock;
        this.messages = messages;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/flow", this::answer);
        server.start();
        threads.execute(this::follow);
    }

    /** Returns the address, the value of {@code FRESHET_MEASUREMENTS}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/flow");
    }

    /** Returns the counter of answers of the API. */
    public FlowMeter meter() {
        return meter;
    }

    /** Reports how far consumers are from now on. */
    public void consumers(Supplier<List<Flow.Consumer>> lags) {
        consumers = lags;
    }

    private void follow() {
        try {
            while (true) {
                try {
                    lines.look(meter::line);
                } catch (IOException unread) {
                    messages.accept("The metric lines cannot be read (" + unread + "); again.");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = JsonRecords.bytes(meter.flow(clock.instant(), consumers.get()));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
