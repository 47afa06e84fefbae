package dev.freshet.document;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client that the build made, by the name of its folder, and programs that use it. */
enum ClientProgram {
    TYPESCRIPT("target/package/dist/index.js", "node") {
        @Override
        List<String> command(Path folder, String source) throws IOException {
            Path scope = Files.createDirectories(folder.resolve("node_modules/@freshet"));
            Files.createSymbolicLink(
                    scope.resolve("client"), directory().resolve("target/package"));
            // What is written in TypeScript for its compiler, and nothing else that Node would
            // refuse.
            String script = source.replace("FRESHET_URL!", "FRESHET_URL");
            Path file = folder.resolve("program.mjs");
            Files.writeString(file, script.replace("FRESHET_KEY!", "FRESHET_KEY"));
            return List.of("node", file.toString());
        }
    },
    PYTHON("target/package/src/freshet_client/_types.py", "python3") {
        @Override
        List<String> command(Path folder, String source) throws IOException {
            Path file = Files.writeString(folder.resolve("program.py"), source);
            return words(
                    "env PYTHONPATH=%s/target/package/src python3 -W error::SyntaxWarning %s"
                            .formatted(directory(), file));
        }
    },
    JAVA("target/classes/dev/freshet/client/Freshet.class", "java") {
        @Override
        List<String> command(Path folder, String source) throws IOException {
            String name = source.contains("class Example") ? "Example.java" : "Thousand.java";
            Path file = Files.writeString(folder.resolve(name), source);
            return words(
                    "%s/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --source 17 -cp %s/target/classes%s%s %s"
                            .formatted(
                                    System.getProperty("java.home"),
                                    directory(),
                                    File.pathSeparator,
                                    jackson(),
                                    file));
        }
    };

    private static final int SECONDS = 300;
    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:ts|python|java)\n(.*?)```");

    private final String made;
    private final String program;

    ClientProgram(String made, String program) {
        this.made = made;
        this.program = program;
    }

    /** Writes a program into a folder and returns the command that runs it. */
    abstract List<String> command(Path folder, String source) throws IOException;

    Path directory() {
        return TestCloud.HOME.resolve("web/clients").resolve(toString());
    }

    /** Skips the test, with the reason, where the client was not built or nothing can run it. */
    void assumeBuilt() {
        assumeTrue(
                Files.exists(directory().resolve(made)),
                "The client in %s was not built: run ./mvnw package.".formatted(this));
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
                "There is no " + program + ".");
    }

    /** Returns the example of the client's README. */
    String example() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(directory().resolve("README.md")));
        if (!block.find()) {
            throw new AssertionError("the README of the client in " + this + " has no example");
        }
        return block.group(1);
    }

    /** Returns the words of a command, none of which has a space. */
    static List<String> words(String command) {
        return List.of(command.split(" ", -1));
    }

    /** Returns a program beside the tests. */
    static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ClientProgram.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    CommandRun run(Path folder, String source, Map<String, String> environment)
            throws IOException, InterruptedException {
        return run(folder, command(folder, source), environment);
    }

    static CommandRun run(Path folder, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return CommandRun.of(builder, folder, SECONDS);
    }

    /** The libraries of the client in Java, as this process has them. */
    static String jackson() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.matches(".*(jackson-(core|databind|annotations)|jspecify)-.*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
