package dev.freshet.local;

import dev.freshet.aws.Settings;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.host.LocalCloudException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Command and environment of the always-on worker as a process beside a local cloud, run from the
 * layout of its container image.
 */
public final class WorkerProcess {
    /** Name of the worker's lease table in the local cloud. */
    public static final String LEASES = "freshet-local-leases";

    private static final String LAYOUT = "functions/worker/target/layout/lib";

    private WorkerProcess() {}

    /**
     * Returns the environment of a worker: the union of the environments of all functions, and the
     * name of its lease table. The presence of the latter also indicates that the streams of this
     * cloud are left to a worker.
     */
    static Map<String, String> environment(Settings settings) {
        Map<String, String> variables = new HashMap<>(settings.variables());
        variables.put("FRESHET_LEASES", LEASES);
        variables.put(LocalEnvironment.ACCESS_KEY_ID, "worker");
        return variables;
    }

    /**
     * Returns the path of the CDS archive in which the JVM keeps the worker's classes from its
     * first orderly exit on. An archive that is older than the build or unfinished is deleted.
     */
    public static Path archive(Path home) {
        Path layout = home.resolve(LAYOUT);
        try (Stream<Path> jars = Files.list(layout)) {
            return Child.usableArchive(layout.resolveSibling("worker.jsa"), jars.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the command that runs the packaged worker; the process ends when its standard input
     * does.
     *
     * @throws LocalCloudException if the worker is not built
     */
    public static List<String> command(Path home) {
        Path layout = home.resolve(LAYOUT);
        if (!Files.isDirectory(layout)) {
            throw new LocalCloudException(
                    "The packaged worker is missing: run './mvnw -q package -DskipTests'.");
        }
        List<String> command = new ArrayList<>();
        command.add(Child.java());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + archive(home),
                        "-Xlog:disable",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        layout + File.separator + "*",
                        "dev.freshet.worker.Main",
                        "--with-parent"));
        return command;
    }
}
