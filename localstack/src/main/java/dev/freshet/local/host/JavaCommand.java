package dev.freshet.local.host;

import java.nio.file.Path;

/** The JVM that this process runs on, for those that it starts. */
public final class JavaCommand {
    private JavaCommand() {}

    /** Where its launcher lies. */
    public static String path() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
