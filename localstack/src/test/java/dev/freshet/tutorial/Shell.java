package dev.freshet.tutorial;

import dev.freshet.cli.Freshet;
import dev.freshet.local.emulator.Child;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bash in which the commands of a page run one after the other, in a folder like a checkout: its
 * {@code ./freshet} runs the classes of this build, and the state of its local cloud is its own.
 */
final class Shell implements AutoCloseable {
    private static final String END = "-- the end of the step: ";

    private final Path folder;
    private final Process bash;
    private final Writer in;
    private final BufferedReader out;
    private final Path errors;

    /**
     * What the commands of a step printed.
     *
     * @param code 1 if a command failed, else 0
     */
    record Printed(int code, String out, String errors) {}

    Shell(Path folder) throws IOException {
        this.folder = folder;
        Path checkout = Path.of("..").toAbsolutePath().normalize();
        try (Stream<Path> parts = Files.list(checkout)) {
            for (Path part : parts.toList()) {
                String name = part.getFileName().toString();
                if (!name.startsWith(".") && !name.equals("freshet")) {
                    Files.createSymbolicLink(folder.resolve(name), part);
                }
            }
        }
        Path freshet = folder.resolve("freshet");
        Files.writeString(freshet, launcher());
        Files.setPosixFilePermissions(freshet, PosixFilePermissions.fromString("rwxr-xr-x"));
        errors = folder.resolve("errors.txt");
        bash =
                new ProcessBuilder("bash")
                        .directory(folder.toFile())
                        .redirectError(errors.toFile())
                        .start();
        in = bash.outputWriter(StandardCharsets.UTF_8);
        out = bash.inputReader(StandardCharsets.UTF_8);
        in.write("trap failed=1 ERR\n");
    }

    /** Returns what {@code ./freshet} is here: the same main class, without the build. */
    private String launcher() {
        String classPath =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator));
        return """
        #!/bin/sh
        exec '%s' -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Daws.cborEnabled=false \\
          -Dfreshet.home='%s' -cp '%s' %s "$@"
        """
                .formatted(Child.java(), folder, classPath, Freshet.class.getName());
    }

    /** Starts a command that runs on; what it prints is left to the caller. */
    Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("cloud-errors.txt").toFile())
                .start();
    }

    /** Runs commands. */
    Printed run(String commands) throws IOException {
        Files.writeString(errors, "");
        in.write("failed=0\n{\n" + commands + "\n} </dev/null\necho \"\n" + END + "$failed\"\n");
        in.flush();
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(END)) {
                int code = Integer.parseInt(line.substring(END.length()));
                return new Printed(code, printed.toString(), Files.readString(errors));
            }
            printed.append(line).append('\n');
        }
        throw new AssertionError("bash ended: " + Files.readString(errors));
    }

    @Override
    public void close() {
        bash.destroyForcibly();
    }
}
