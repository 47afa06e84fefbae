package dev.freshet.local.measure;

import dev.freshet.insight.Flow;
import dev.freshet.json.JsonRecords;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * HTTP server of what the local cloud measures, on a free port of 127.0.0.1. The logs are read once
 * a second, so that figures are at most a second old. They have sums alone and no credential guards
 * them, as none guards the status.
 */
public final class MeasurementServer implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;

    private final LoopbackServer server;
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
        server = LoopbackServer.start(_ -> figures());
        server.execute(this::follow);
    }

    /** Returns the address, the value of {@code FRESHET_MEASUREMENTS}. */
    public URI uri() {
        return server.uri().resolve("/flow");
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

    private HttpReply figures() {
        return HttpReply.json(200, JsonRecords.tree(meter.flow(clock.instant(), consumers.get())));
    }

    @Override
    public void close() {
        server.close();
    }
}
