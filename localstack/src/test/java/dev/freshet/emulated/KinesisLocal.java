package dev.freshet.emulated;

import dev.freshet.local.emulator.Child;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Kinesis emulator that can split and merge shards, which the local cloud's emulator cannot; it
 * is slower.
 */
final class KinesisLocal implements AutoCloseable {
    private static final String PLAIN_PORT = "4568";

    private final Child process;
    private final int port;

    KinesisLocal() throws IOException, InterruptedException {
        Path folder = EmulatedAws.FOLDER;
        Files.createDirectories(folder);
        Path preload = folder.resolve("kinesis-local.cjs");
        try (InputStream script =
                Objects.requireNonNull(
                        KinesisLocal.class.getResourceAsStream("kinesis-local.cjs"))) {
            Files.copy(script, preload, StandardCopyOption.REPLACE_EXISTING);
        }
        Path main = Path.of("emulators/node_modules/kinesis-local/main.js").toAbsolutePath();
        process =
                Child.start(
                        "kinesis-local",
                        List.of("node", "-r", preload.toString(), main.toString()),
                        Map.ofEntries(
                                Map.entry("KINESIS_MOCK_PLAIN_PORT", PLAIN_PORT),
                                Map.entry("KINESIS_MOCK_TLS_PORT", "4567"),
                                Map.entry("CREATE_STREAM_DURATION", "10ms"),
                                Map.entry("SPLIT_SHARD_DURATION", "10ms"),
                                Map.entry("MERGE_SHARDS_DURATION", "10ms"),
                                Map.entry("SHARD_LIMIT", "50"),
                                Map.entry("LOG_LEVEL", "ERROR")),
                        folder.resolve("kinesis-local.log"));
        port = process.awaitPort();
    }

    /** Returns the environment variable with its address. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_KINESIS", URI.create("http://127.0.0.1:" + port).toString());
    }

    @Override
    public void close() {
        process.close();
    }
}
