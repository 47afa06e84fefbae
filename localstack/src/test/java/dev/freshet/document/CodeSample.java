package dev.freshet.document;

import dev.freshet.local.command.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * A sample of one operation, as the published document shows it.
 *
 * @param operationId the operation
 * @param lang of x-codeSamples: Shell, JavaScript or Java
 */
record CodeSample(String operationId, String lang, String source) {
    private static final int SECONDS = 60;

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
    CommandRun run(Path folder, Map<String, String> environment)
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
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return CommandRun.of(builder, folder, SECONDS);
    }

    private String type() {
        return operationId.substring(0, 1).toUpperCase(Locale.ROOT) + operationId.substring(1);
    }

    @Override
    public String toString() {
        return operationId + " in " + lang;
    }
}
