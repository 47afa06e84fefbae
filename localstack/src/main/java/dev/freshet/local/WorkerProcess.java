package dev.freshet.local;

import dev.freshet.aws.Settings;
import dev.freshet.local.host.JavaCommand;
import dev.freshet.local.host.LocalCloudException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The always-on worker as a process beside a local cloud: the layout of its image, as it is. */
public final class WorkerProcess {
    /** What its tables of leases are called here. */
    public static final String LEASES = "freshet-local-leases";

    private static final String LAYOUT = "functions/worker/target/layout/lib";

    private WorkerProcess() {}

    /**
     * What a worker is told: what all functions together are, and where its leases are. The latter
     * says, too, that this cloud's streams wait for a worker.
     */
    static Map<String, String> environment(Settings settings) {
        Map<String, String> variables = new HashMap<>(settings.variables());
        variables.put("FRESHET_LEASES", LEASES);
        return variables;
    }

    /**
     * Where the JVM keeps the worker's classes from its first orderly end on; one of an earlier
     * build fits no longer and is removed.
     */
    public static Path archive(Path home) {
        Path layout = home.resolve(LAYOUT);
        Path archive = layout.resolveSibling("worker.jsa");
        try (Stream<Path> jars = Files.list(layout)) {
            if (Files.exists(archive)) {
                FileTime made = Files.getLastModifiedTime(archive);
                if (jars.anyMatch(jar -> isNewer(jar, made))) {
                    Files.deleteIfExists(archive);
                }
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewer(Path jar, FileTime than) {
        try {
            return Files.getLastModifiedTime(jar).compareTo(than) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The command that runs the packaged worker; it ends when its standard input does.
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
        command.add(JavaCommand.path());
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
