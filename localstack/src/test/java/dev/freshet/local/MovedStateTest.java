package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.command.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state folder with a site that is moved, copied and damaged. */
class MovedStateTest {
    @TempDir private Path folder = Path.of("");
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LocalCloud start(Path state) {
        messages.clear();
        return LocalCloud.start(TestCloud.options(state).withMessages(messages::add));
    }

    private static String run(String... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private void shell(String command) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).directory(folder.toFile());
        assertThat(shell.start().waitFor()).isZero();
    }

    /** Asks as a person does, by commands that find the cloud by its folder. */
    private static void assertServes(Path state) throws InterruptedException {
        run("status", "--state=" + state);
        TestCloud.await(
                Duration.ofMinutes(1),
                () -> run("recommend", "--user", "user-0001", "--state=" + state),
                list -> list.contains("  1  article-") && !list.contains("model-behind"));
    }

    private CommandRun imported(Path state) {
        String events = folder.resolve("site/events.jsonl").toString();
        return CommandRun.of("import", "jsonl", events, "--state=" + state);
    }

    @BeforeEach
    void aSite() throws IOException {
        run("example", "newspaper", folder.resolve("site").toString(), "--events", "60");
        Path state = folder.resolve("first");
        try (LocalCloud _ = start(state)) {
            assertThat(messages).isEmpty();
            String items = folder.resolve("site/items.jsonl").toString();
            run("items", "put", items, "--state=" + state);
            assertThat(imported(state).code()).isZero();
        }
    }

    @Test
    void movedAndCopiedItGoesOnAndDamagedItSaysSoUntilAReplay() throws Exception {
        Path moved = Files.move(folder.resolve("first"), folder.resolve("moved"));
        try (LocalCloud _ = start(moved)) {
            assertThat(messages)
                    .hasSize(2)
                    .anyMatch(line -> line.contains("moved or copied"))
                    .anyMatch(
                            line ->
                                    line.contains("the state of before (600 items)")
                                            && line.contains("--fresh"));
            assertServes(moved);
        }

        Path copied = folder.resolve("copied");
        shell("cp -r moved copied && rm -r moved/*");
        try (LocalCloud _ = start(copied)) {
            assertServes(copied);
        }

        shell("rm -r copied/s3/*/*");
        try (LocalCloud _ = start(copied)) {
            TestCloud.await(() -> told("Training stops"));
            assertStopped(CommandRun.of("status", "--state=" + copied));
            CommandRun imported = imported(copied);
            assertStopped(imported);
            assertThat(imported.err()).contains("60 rows").doesNotContain("A deployed stack");

            run("replay", "--state=" + copied);

            TestCloud.await(() -> told("Training goes on."));
            assertServes(copied);
        }
    }

    private boolean told(String begin) {
        return messages.stream().anyMatch(line -> line.startsWith(begin));
    }

    private static void assertStopped(CommandRun run) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Training stops", "./freshet replay");
    }
}
