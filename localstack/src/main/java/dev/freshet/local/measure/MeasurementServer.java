package dev.freshet.local.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.insight.Flow;
import dev.freshet.insight.FlowHistory;
import dev.freshet.insight.FlowHistory.Resolution;
import dev.freshet.json.JsonRecords;
import dev.freshet.json.WireName;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * HTTP server of what the local cloud measures, on a free port of 127.0.0.1. The logs are read once
 * a second, so that figures are at most a second old. They have sums alone and no credential guards
 * them, as none guards the status. An orderly end keeps the figures of the past in a file for the
 * next start.
 */
public final class MeasurementServer implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;

    private final LoopbackServer server;
    private final Path kept;
    private final MetricLines lines;
    private final FlowMeter meter;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private volatile Supplier<List<Flow.Consumer>> consumers = List::of;

    /**
     * Starts a server.
     *
     * @param logs the folder of the functions' logs
     * @param kept the file of the figures of the past, which need not exist
     */
    public MeasurementServer(Path logs, Path kept, InstantSource clock, Consumer<String> messages) {
        this.kept = kept;
        this.lines = new MetricLines(logs);
        this.meter = new FlowMeter(clock.instant());
        this.clock = clock;
        this.messages = messages;
        restore();
        server = LoopbackServer.start(exchange -> figures(exchange.getRequestURI()));
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
                look();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what functions have written since the last look. */
    public synchronized void look() {
        try {
            lines.look(meter::line);
        } catch (IOException unread) {
            messages.accept("The metric lines cannot be read (" + unread + "); again.");
        }
    }

    private HttpReply figures(URI asked) {
        Instant now = clock.instant();
        return HttpReply.json(
                200,
                JsonRecords.tree(
                        WireName.find(Resolution.class, String.valueOf(asked.getQuery()))
                                .<Object>map(resolution -> meter.history(resolution, now))
                                .orElseGet(() -> meter.flow(now, consumers.get()))));
    }

    /** The figures of the past in their file. */
    record Kept(Map<Resolution, FlowHistory> histories) {}

    private void restore() {
        try {
            if (Files.exists(kept)) {
                JsonRecords.read(Files.readAllBytes(kept), Kept.class)
                        .histories()
                        .forEach(meter::restore);
            }
        } catch (IOException unreadable) {
            messages.accept("The figures of the past cannot be read (" + unreadable + ").");
        }
    }

    @Override
    public void close() {
        server.close();
        look();
        Map<Resolution, FlowHistory> histories = new EnumMap<>(Resolution.class);
        for (Resolution resolution : Resolution.values()) {
            histories.put(resolution, meter.history(resolution, clock.instant()));
        }
        StateFolder.writeWhole(kept, JsonRecords.tree(new Kept(histories)).toString());
    }

    /**
     * Follower of the metric lines in the logs of a folder. Each look reads what was appended since
     * the one before, at most {@value #MAX_READ} bytes of a file; a file that has become shorter
     * was begun anew. Not thread-safe.
     */
    static final class MetricLines {
        /** Most bytes of a file that one look reads. */
        static final int MAX_READ = 4 << 20;

        private static final String METRICS = "\"message\":\"metrics\"";
        private static final ObjectMapper JSON = new ObjectMapper();

        private final Path folder;
        private final Map<Path, Long> read = new HashMap<>();

        MetricLines(Path folder) {
            this.folder = folder;
        }

        /** Passes on the new lines of all files. */
        void look(Consumer<JsonNode> lines) throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
                for (Path file : files) {
                    follow(file, lines);
                }
            }
        }

        private void follow(Path file, Consumer<JsonNode> lines) throws IOException {
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                long from = read.getOrDefault(file, 0L);
                if (in.length() < from) {
                    from = 0;
                }
                byte[] bytes = new byte[(int) Math.min(MAX_READ, in.length() - from)];
                in.seek(from);
                in.readFully(bytes);
                int begin = 0;
                for (int i = 0; i < bytes.length; i++) {
                    if (bytes[i] == '\n') {
                        line(new String(bytes, begin, i - begin, StandardCharsets.UTF_8), lines);
                        begin = i + 1;
                    }
                }
                boolean isOneLongLine = begin == 0 && bytes.length == MAX_READ;
                read.put(file, from + (isOneLongLine ? bytes.length : begin));
            }
        }

        private static void line(String line, Consumer<JsonNode> lines) {
            if (line.contains(METRICS)) {
                try {
                    lines.accept(JSON.readTree(line));
                } catch (JsonProcessingException cutOff) {
                    // a process that was killed while it wrote
                }
            }
        }
    }
}
