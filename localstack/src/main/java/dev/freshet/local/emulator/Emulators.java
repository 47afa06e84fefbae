package dev.freshet.local.emulator;

import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.StateFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

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

    private static final String BUILD = ": run './mvnw -q package -DskipTests'.";

    private final Supervised dynamodb;
    private final Supervised kinesis;
    private final Supervised s3;
    private final URI dynamodbUri;
    private final URI kinesisUri;
    private final URI s3Uri;

    /**
     * Starts all three and waits until each listens; one that ends later is restarted.
     *
     * @param home a built checkout
     * @param messages receives a message about each emulator that ended
     * @throws LocalCloudException if one is not installed or does not start
     */
    public static Emulators start(Path home, StateFolder state, Consumer<String> messages)
            throws InterruptedException {
        return new Emulators(home, state, messages);
    }

    private Emulators(Path home, StateFolder state, Consumer<String> messages)
            throws InterruptedException {
        Path logs = state.folder("logs");
        Path preload = preload(state);
        Path modules = home.resolve("localstack/emulators/node_modules");
        Path dynalite = existing(modules.resolve("dynalite/cli.js"));
        Path kinesalite = existing(modules.resolve("kinesalite/cli.js"));
        Path jar = s3Mock(home.resolve("localstack/target/emulators/s3mock"));
        List<Supervised> started = new ArrayList<>();
        try {
            s3 =
                    supervised(
                            started,
                            messages,
                            port -> {
                                if (S3MockFolder.repair(state.folder("s3")) > 0) {
                                    messages.accept(
                                            "Repaired the files of S3Mock, after a kill or since the state was moved or copied here.");
                                }
                                return Child.start(
                                        "S3Mock",
                                        s3(jar, state, port),
                                        Map.of(),
                                        logs.resolve("s3mock.log"));
                            });
            dynamodb =
                    supervised(
                            started,
                            messages,
                            port ->
                                    Child.start(
                                            "dynalite",
                                            node(
                                                    preload,
                                                    dynalite,
                                                    160,
                                                    state.folder("dynamodb"),
                                                    "--createTableMs",
                                                    "0"),
                                            onPort(port),
                                            logs.resolve("dynalite.log")));
            kinesis =
                    supervised(
                            started,
                            messages,
                            port ->
                                    Child.start(
                                            "kinesalite",
                                            node(
                                                    preload,
                                                    kinesalite,
                                                    128,
                                                    state.folder("kinesis"),
                                                    "--createStreamMs",
                                                    "0",
                                                    "--shardLimit",
                                                    "100"),
                                            onPort(port),
                                            logs.resolve("kinesalite.log")));
            dynamodbUri = at(dynamodb);
            kinesisUri = at(kinesis);
            s3Uri = at(s3);
        } catch (LocalCloudException | InterruptedException e) {
            started.forEach(Supervised::close);
            throw e;
        }
    }

    private static Supervised supervised(
            List<Supervised> started, Consumer<String> messages, IntFunction<Child> starter) {
        Supervised child = new Supervised(starter, messages);
        started.add(child);
        return child;
    }

    private static URI at(Supervised child) throws InterruptedException {
        return URI.create("http://127.0.0.1:" + child.awaitPort());
    }

    private static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new LocalCloudException(
                    "The emulators are not installed (" + file + " is missing)" + BUILD);
        }
        return file;
    }

    /** Returns Adobe's jar, which has its libraries beside it in {@code lib}. */
    private static Path s3Mock(Path folder) {
        try (Stream<Path> files = Files.list(existing(folder))) {
            return files.filter(file -> file.getFileName().toString().matches("s3mock-.*\\.jar"))
                    .findFirst()
                    .orElseGet(() -> existing(folder.resolve("s3mock-exec.jar")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the folder or archive from which the classes of the local cloud were loaded. */
    public static Path ownClasses() {
        try {
            return Path.of(
                    Emulators.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
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
        command.addAll(List.of(more));
        return command;
    }

    private static List<String> s3(Path jar, StateFolder state, int port) {
        Path classes = ownClasses();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Child.java(),
                                "-Xmx" + S3_HEAP_MB + "m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-Xss512k",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseCompactObjectHeaders",
                                "-XX:ReservedCodeCacheSize=32m"));
        if (Files.isRegularFile(classes)) {
            command.addAll(
                    List.of(
                            "-XX:+AutoCreateSharedArchive",
                            "-XX:SharedArchiveFile="
                                    + Child.usableArchive(
                                            jar.resolveSibling("s3mock.jsa"), List.of(classes)),
                            "-Xlog:disable"));
        }
        command.addAll(
                List.of(
                        "-cp",
                        classes + File.pathSeparator + jar,
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
        return dynamodbUri;
    }

    public URI kinesis() {
        return kinesisUri;
    }

    public URI s3() {
        return s3Uri;
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
