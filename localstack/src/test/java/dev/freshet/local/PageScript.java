package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.command.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Scripts that open the built pages of a running cloud in Chromium. */
public final class PageScript {
    private static final Path SITE = TestCloud.HOME.resolve("web/site");
    private static final Path CHROMIUM =
            Path.of(
                    Objects.requireNonNullElse(
                            System.getenv("FRESHET_CHROMIUM"), "/usr/bin/chromium"));
    private static final int LIMIT_SECONDS = 4 * 60;

    private PageScript() {}

    /**
     * Runs a script of {@code web/site/test/live} and returns what it prints. The test is skipped
     * where there is no Chromium.
     *
     * @param folder keeps its output
     */
    public static JsonNode run(Path folder, String name, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(Files.exists(CHROMIUM), "There is no Chromium at " + CHROMIUM + ".");
        assumeTrue(
                Files.exists(SITE.resolve("dist/dashboard/index.html")),
                "web/site was not built: run ./mvnw package -pl web.");
        List<String> command = new ArrayList<>(List.of("node", "test/live/" + name));
        command.addAll(List.of(arguments));
        ProcessBuilder script = new ProcessBuilder(command).directory(SITE.toFile());
        CommandRun run = CommandRun.of(script, folder, LIMIT_SECONDS);
        assertThat(run.code()).as(run.err()).isZero();
        return ApiBodies.json(run.out());
    }
}
