package dev.freshet.local.emulator;

import dev.freshet.local.host.JavaCommand;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.StateFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The three emulators of one local cloud, started in parallel, each on a free port of 127.0.0.1.
 * Their data is kept under {@code dynamodb/}, {@code kinesis/} and {@code s3/} of the state folder,
 * their output under {@code logs/}.
 *
 * <p>The JVM archives S3Mock's classes (CDS) when it exits for the first time, which halves later
 * starts; an unusable archive is created again.
 *
 * <p>Memory: heaps are capped at 160 MB (dynalite), 128 MB (kinesalite) and 192 MB (S3Mock).
 */
public final class Emulators implements AutoCloseable {
    /**
     * The heap of S3Mock, which holds 45 MB after five minutes of the demo, and each object whole
     * while it is received or sent: 64 MB were too few for that. Without memory it exits, and is
     * started again.
     */
    private static final int S3_HEAP_MB = 192;

    private final Supervised dynamodb;
    private final Supervised kinesis;
    private final Supervised s3;
    private final int dynamodbPort;
    private final int kinesisPort;
    private final int s3Port;

    private Emulators(Supervised dynamodb, Supervised kinesis, Supervised s3)
            throws InterruptedException {
        this.dynamodb = dynamodb;
        this.kinesis = kinesis;
        this.s3 = s3;
        this.dynamodbPort = dynamodb.awaitPort();
        this.kinesisPort = kinesis.awaitPort();
        this.s3Port = s3.awaitPort();
    }

    /**
     * Starts all three and waits until each listens; one that ends later is restarted.
     *
     * @param messages receives a message about each emulator that ended
     * @throws LocalCloudException if one is not installed or does not start
     */
    public static Emulators start(
            Installation installed, StateFolder state, Consumer<String> messages)
            throws InterruptedException {
        Path logs = state.folder("logs");
        Path preload = preload(state);
        List<Supervised> started = new ArrayList<>();
        try {
            started.add(
                    new Supervised(
                            port -> {
                                if (S3MockFolder.repair(state.folder("s3")) > 0) {
                                    messages.accept("Repaired what a killed S3Mock left behind.");
                                }
                                return Child.start(
                                        "S3Mock",
                                        s3(installed, state, port),
                                        Map.of(),
                                        logs.resolve("s3mock.log"));
                            },
                            messages));
            started.add(
                    new Supervised(
                            port ->
                                    Child.start(
                                            "dynalite",
                                            node(
                                                    preload,
                                                    installed.dynalite(),
                                                    160,
                                                    state.folder("dynamodb"),
                                                    "--createTableMs",
                                                    "0"),
                                            onPort(port),
                                            logs.resolve("dynalite.log")),
                            messages));
            started.add(
                    new Supervised(
                            port ->
                                    Child.start(
                                            "kinesalite",
                                            node(
                                                    preload,
                                                    installed.kinesalite(),
                                                    128,
                                                    state.folder("kinesis"),
                                                    "--createStreamMs",
                                                    "0"),
                                            onPort(port),
                                            logs.resolve("kinesalite.log")),
                            messages));
            return new Emulators(started.get(1), started.get(2), started.get(0));
        } catch (LocalCloudException | InterruptedException e) {
            started.forEach(Supervised::close);
            throw e;
        }
    }

    /** Returns the environment variables that {@code child.cjs} reads. */
    private static Map<String, String> onPort(int port) {
        return Map.of("FRESHET_CHILD_PORT", Integer.toString(port));
    }

    private static List<String> node(
            Path preload, Path script, int heapMegabytes, Path data, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "node",
                                "--max-old-space-size=" + heapMegabytes,
                                "--max-semi-space-size=8",
                                "-r",
                                preload.toString(),
                                script.toString(),
                                "--path",
                                data.toString()));
        if (script.toString().contains("kinesalite")) {
            command.addAll(List.of("--shardLimit", "100"));
        }
        command.addAll(List.of(more));
        return command;
    }

    private static List<String> s3(Installation installed, StateFolder state, int port) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                JavaCommand.path(),
                                "-Xmx" + S3_HEAP_MB + "m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-Xss512k",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseCompactObjectHeaders",
                                "-XX:ReservedCodeCacheSize=32m"));
        if (Files.isRegularFile(installed.classes())) {
            command.addAll(
                    List.of(
                            "-XX:+AutoCreateSharedArchive",
                            "-XX:SharedArchiveFile=" + archive(installed),
                            "-Xlog:disable"));
        }
        command.addAll(
                List.of(
                        "-cp",
                        installed.classes() + File.pathSeparator + installed.s3Mock(),
                        S3MockOnLoopback.class.getName(),
                        "--server.port=" + port,
                        "--server.ssl.enabled=false",
                        "--server.address=127.0.0.1",
                        "--com.adobe.testing.s3mock.httpPort=0",
                        "--com.adobe.testing.s3mock.store.root=" + state.folder("s3"),
                        "--com.adobe.testing.s3mock.store.retainFilesOnExit=true",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=WARN"));
        return command;
    }

    /**
     * Returns the path of the CDS archive of S3Mock's classes. An archive of an earlier build is
     * unusable and is deleted; so is one whose writing was interrupted, which is recognised by its
     * missing header (the JVM writes the header last) and which the JVM would never replace.
     */
    private static Path archive(Installation installed) {
        Path archive = installed.s3Mock().resolveSibling("s3mock.jsa");
        try {
            if (Files.exists(archive)
                    && (isOlder(archive, installed.classes()) || !hasHeader(archive))) {
                Files.deleteIfExists(archive);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOlder(Path file, Path than) throws IOException {
        return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) < 0;
    }

    private static boolean hasHeader(Path archive) throws IOException {
        try (InputStream bytes = Files.newInputStream(archive)) {
            return !Arrays.equals(bytes.readNBytes(4), new byte[4]);
        }
    }

    private static Path preload(StateFolder state) {
        Path file = state.folder("logs").resolveSibling("child.cjs");
        try (InputStream script =
                Objects.requireNonNull(
                        Emulators.class.getResourceAsStream("child.cjs"),
                        "child.cjs is missing from the jar")) {
            Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI dynamodb() {
        return at(dynamodbPort);
    }

    public URI kinesis() {
        return at(kinesisPort);
    }

    public URI s3() {
        return at(s3Port);
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns the current processes, for the status. */
    public List<Child> children() {
        return List.of(dynamodb.child(), kinesis.child(), s3.child());
    }

    @Override
    public void close() {
        List.of(dynamodb, kinesis, s3).parallelStream().forEach(Supervised::close);
    }
}
