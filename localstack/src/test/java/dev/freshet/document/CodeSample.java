package dev.freshet.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/**
 * A sample of one operation, as the published document shows it.
 *
 * @param operationId the operation
 * @param lang of x-codeSamples: Shell, JavaScript or Java
 */
record CodeSample(String operationId, String lang, String source) {
    private static final int SECONDS = 60;

    /** What a sample printed, and the code that it ended with. */
    record Outcome(int code, String printed) {}

    /** Compiles the samples in Java of a list into a folder. */
    static void compile(List<CodeSample> samples, Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString()));
        for (CodeSample sample : samples) {
            Path file = folder.resolve(sample.type() + ".java");
            arguments.add(Files.writeString(file, sample.source()).toString());
        }
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError("a sample in Java does not compile");
        }
    }

    /** Runs the sample as a reader would: in a shell, by Node, or compiled in {@code folder}. */
    Outcome run(Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command =
                switch (lang) {
                    case "Shell" -> List.of("sh", "-c", source);
                    case "JavaScript" -> List.of("node", "--input-type=module", "-e", source);
                    case "Java" ->
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    folder.toString(),
                                    type());
                    default -> throw new AssertionError("no way to run " + lang);
                };
        Path printed = folder.resolve("printed");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(printed.toFile())
                        .redirectError(folder.resolve("said").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(this + " does not end");
        }
        return new Outcome(
                process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8).strip());
    }

    private String type() {
        return operationId.substring(0, 1).toUpperCase(Locale.ROOT) + operationId.substring(1);
    }

    @Override
    public String toString() {
        return operationId + " in " + lang;
    }
}
