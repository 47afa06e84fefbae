package dev.freshet.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that OpenAPI Generator makes of the published document compile. They are not called; the
 * samples are.
 */
class GeneratedClientsTest {
    private static final Path PUBLISHED = Path.of("..", "web", "api", "dist", "openapi.json");

    /** The generator and what the client in Java needs besides; the build copies them. */
    private static final Path LIBRARIES = Path.of("target", "openapi-generator");

    /** Most seconds of a run, which takes about three on a quiet machine. */
    private static final int SECONDS = 300;

    /** As owners would have it, without the nullable wrapper and annotations of documentation. */
    private static final List<String> JAVA =
            List.of(
                    "--library",
                    "apache-httpclient",
                    "--additional-properties",
                    "openApiNullable=false,annotationLibrary=none,useJakartaEe=true,hideGenerationTimestamp=true");

    @Test
    @Thorough.Only
    void theClientInJavaCompiles(@TempDir Path folder) throws Exception {
        generate("java", JAVA, folder);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-proc:none",
                                "-nowarn",
                                "-d",
                                Files.createDirectories(folder.resolve("classes")).toString(),
                                "-cp",
                                System.getProperty("java.class.path")
                                        + separated(
                                                jars("jackson-datatype", "jakarta.annotation"))));
        List<String> sources = files(folder.resolve("src/main"), ".java");
        arguments.addAll(sources);

        assertThat(sources).hasSizeGreaterThan(50).anyMatch(file -> file.endsWith("ItemsApi.java"));
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    @Test
    void theClientInPythonCompiles(@TempDir Path folder) throws Exception {
        assumeTrue(runs("python3", "--version"), "there is no python3");
        generate("python", List.of(), folder);

        assertThat(files(folder, ".py"))
                .hasSizeGreaterThan(50)
                .anyMatch(file -> file.endsWith("items_api.py"));
        run(folder, List.of("python3", "-m", "compileall", "-q", folder.toString()));
    }

    private static void generate(String language, List<String> options, Path folder)
            throws IOException, InterruptedException {
        assertThat(PUBLISHED).as("made by 'npm run build' in web/api").exists();
        List<Path> generator = jars("openapi-generator-cli");
        assertThat(generator).as("copied by './mvnw process-test-resources'").hasSize(1);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                generator.getFirst().toString(),
                                "generate",
                                "-g",
                                language,
                                "-i",
                                PUBLISHED.toString(),
                                "-o",
                                folder.toString(),
                                "--global-property",
                                "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false,apis,models,supportingFiles"));
        command.addAll(options);
        run(folder, command);
    }

    private static void run(Path folder, List<String> command)
            throws IOException, InterruptedException {
        CommandRun ran = CommandRun.of(new ProcessBuilder(command), folder, SECONDS);
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static List<Path> jars(String... prefixes) throws IOException {
        if (!Files.isDirectory(LIBRARIES)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(LIBRARIES)) {
            return all.filter(jar -> startsWithAny(jar.getFileName().toString(), prefixes))
                    .sorted()
                    .toList();
        }
    }

    private static boolean startsWithAny(String name, String... prefixes) {
        return Arrays.stream(prefixes).anyMatch(name::startsWith);
    }

    private static String separated(List<Path> jars) {
        StringBuilder path = new StringBuilder();
        jars.forEach(jar -> path.append(java.io.File.pathSeparator).append(jar));
        return path.toString();
    }

    private static List<String> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).filter(file -> file.endsWith(ending)).sorted().toList();
        }
    }
}
