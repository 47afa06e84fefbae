package dev.freshet.local.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native library of AWS's runtime interface client. By default the client of every process
 * extracts it to one fixed path under {@code /tmp}, and processes that start together crash on each
 * other's incomplete file; therefore the library is extracted here once, and its path is passed to
 * them.
 */
public final class NativeClient {

    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private NativeClient() {}

    /**
     * Returns the JVM argument that names the library; empty if the client has no library for this
     * machine.
     */
    public static List<String> argument(Path folder) {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        boolean musl =
                Files.exists(Path.of("/lib/ld-musl-" + machine.replace("_64", "64") + ".so.1"))
                        || Files.exists(Path.of("/lib/ld-musl-" + machine + ".so.1"));
        String name = "libaws-lambda-jni.linux" + (musl ? "_musl-" : "-") + machine + ".so";
        Path file = folder.resolve(name);
        try (InputStream library = NativeClient.class.getResourceAsStream("/jni/" + name)) {
            if (library == null) {
                return List.of();
            }
            unpack(library, file);
            return List.of("-D" + PROPERTY + "=" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void unpack(InputStream library, Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "jni", ".new");
        Files.copy(library, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
