package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.TestCloud;
import dev.freshet.local.template.TemplateReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code freshet up} as a process of its own: what becomes of its children and of its state,
 * however it ends.
 */
class UpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path state = Path.of("");
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aKilledOneLeavesNoProcessAndItsStateIsThereAtTheNextStart() throws Exception {
        Process first = up();
        URI api = ready(first);
        List<Long> processes = processes(api);
        assertThat(post(api)).isEqualTo(202);
        awaitRecords(api, 1);
        awaitCheckpoint();

        first.destroyForcibly().waitFor();

        awaitGone(processes);
        Process second = up();
        URI again = ready(second);
        assertThat(post(again)).isEqualTo(202);
        awaitRecords(again, 1);
        assertThat(get(again, "/_freshet/status").at("/mappings/0/records").asInt())
                .as("what was finished before the kill is not delivered again")
                .isEqualTo(1);
        interrupt(second);
    }

    @Test
    void aSecondOneIsRefusedAndCtrlCEndsTheFirstWithItsChildren() throws Exception {
        assumeFalse(
                interruptsAreIgnored(),
                "SIGINT is ignored here, as in a build begun with '&': Ctrl-C cannot be tried");
        Process first = up();
        URI api = ready(first);
        List<Long> processes = processes(api);

        Process second = up();
        String said = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(said.strip().lines()).hasSize(1);
        assertThat(said).contains("already runs").contains(api.toString());
        assertThat(get(api, "/_freshet/status").path("state").asText()).isEqualTo("ready");

        interrupt(first);
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        awaitGone(processes);
        assertThat(Files.exists(state.resolve("running.json"))).isFalse();
    }

    @Test
    void aSignalToTheWholeGroupEndsItWithoutALineOfAnythingThatFails() throws Exception {
        Process up = up();
        URI api = ready(up);
        List<Long> all = processes(api);
        assertThat(post(api)).isEqualTo(202);
        awaitRecords(api, 1);

        List<String> kill = new ArrayList<>(List.of("kill", "-TERM"));
        all.reversed().forEach(pid -> kill.add(Long.toString(pid)));
        new ProcessBuilder(kill).start().waitFor();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.errorReader(StandardCharsets.UTF_8).lines())
                .noneMatch(line -> line.matches(".*(failed|ended|trying again|closing).*"));
        awaitGone(all);
    }

    private Process up() throws IOException {
        String template = "src/test/resources/dev/freshet/local/sample.template.json";
        Process process =
                CommandRun.process(
                                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                                "up",
                                "--port=0",
                                "--json",
                                "--state=" + state,
                                "--template=" + template)
                        .start();
        started.add(process);
        return process;
    }

    private static URI ready(Process up) throws IOException {
        BufferedReader out = up.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError(
                    up.errorReader(StandardCharsets.UTF_8)
                            .lines()
                            .collect(Collectors.joining("\n")));
        }
        return URI.create(JSON.readTree(line).path("api").asText());
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Children inherit an ignored signal, and a JVM leaves it ignored. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(ignored -> (ignored & 2) != 0);
        }
    }

    private List<Long> processes(URI api) throws Exception {
        List<Long> pids = new ArrayList<>();
        get(api, "/_freshet/status")
                .path("processes")
                .forEach(process -> pids.add(process.path("pid").asLong()));
        assertThat(pids).hasSize(4).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        return pids;
    }

    private static void awaitGone(List<Long> pids) throws InterruptedException {
        TestCloud.await(() -> pids.stream().noneMatch(UpTest::alive));
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private void awaitRecords(URI api, int count) throws Exception {
        TestCloud.await(
                () -> get(api, "/_freshet/status").at("/mappings/0/records").asInt() >= count);
    }

    /** A record counts as delivered a moment before its shard's progress is on disk. */
    private void awaitCheckpoint() throws Exception {
        TestCloud.await(
                () -> {
                    try (Stream<Path> files = Files.list(state.resolve("checkpoints"))) {
                        return files.anyMatch(UpTest::hasProgress);
                    }
                });
    }

    private static boolean hasProgress(Path checkpoints) {
        return !TemplateReader.json(checkpoints).path("after").isEmpty();
    }

    private static int post(URI api) throws IOException {
        try (FreshetClient client = new FreshetClient(api)) {
            String note = "{\"notes\":[{\"writer\":\"ann\",\"text\":\"one\"}]}";
            return client.post("/v1/notes", JSON.readTree(note)).status();
        }
    }

    private static JsonNode get(URI api, String path) {
        try (FreshetClient client = new FreshetClient(api)) {
            return client.get(path).body();
        }
    }
}
