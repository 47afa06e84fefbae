package dev.freshet.local.host;

import java.nio.file.Path;

/** Command of the JVM that runs this process, for starting child JVMs. */
public final class JavaCommand {
    private JavaCommand() {}

    /** Returns the path of the {@code java} launcher. */
    public static String path() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
