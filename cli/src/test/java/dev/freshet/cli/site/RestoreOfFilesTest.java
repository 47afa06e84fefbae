package dev.freshet.cli.site;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.Freshet;
import dev.freshet.cli.imports.Account;
import dev.freshet.cli.imports.Checkpoint;
import dev.freshet.cli.imports.ImportEntry;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RestoreOfFilesTest {
    private static final URI STACK = URI.create("http://127.0.0.1:1");
    private static final Instant EXPORTED = Instant.parse("2026-11-26T20:00:00Z");
    private static final int EVENTS = 30;

    @TempDir private Path folder = Path.of("");
    private final List<String> sent = new ArrayList<>();
    private final StringWriter err = new StringWriter();

    /** A command with an output. */
    @Command(name = "host")
    private static final class Host {
        @Mixin private final Output output = new Output();
    }

    /** Takes one entry at a time, and no more than a number of them. */
    private final class Sink implements EntrySink {
        private int left;

        Sink(int most) {
            this.left = most;
        }

        @Override
        public int room() {
            return 1;
        }

        @Override
        public void take(List<ImportEntry> entries, Account account) {
            for (ImportEntry entry : entries) {
                if (left-- == 0) {
                    throw new CommandException("killed");
                }
                switch (entry) {
                    case ImportEntry.OfItem item -> sent.add(item.json().path("itemId").asText());
                    case ImportEntry.OfUser user -> sent.add(user.userId());
                    case ImportEntry.OfAlias alias ->
                            sent.add(alias.anonymousId() + "→" + alias.userId());
                    case ImportEntry.OfEvent event ->
                            sent.add(event.json().path("eventId").asText());
                    case ImportEntry.Skipped skipped -> sent.add("left out");
                    case ImportEntry.Unreadable bad -> throw new AssertionError(bad);
                }
            }
        }
    }

    @BeforeEach
    void export() throws IOException {
        Files.write(
                folder.resolve("items.jsonl"),
                List.of("{\"itemId\":\"a1\"}", "{\"itemId\":\"a2\"}"));
        Files.write(
                folder.resolve("users.jsonl"),
                List.of(
                        "{\"userId\":\"u0\",\"attributes\":{\"plan\":\"free\"}}",
                        "{\"userId\":\"u1\",\"aliases\":[\"anon-1\",\"anon-2\"]}"));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add("{\"eventId\":\"e%d\",\"userId\":\"u%d\"}".formatted(i, i % 3));
        }
        Files.write(folder.resolve("events.jsonl"), events);
        SiteManifest.of(
                        folder,
                        EXPORTED,
                        Map.of("items.jsonl", 2L, "users.jsonl", 2L, "events.jsonl", 30L))
                .write(folder);
    }

    private void restore(int most, Set<String> erased) throws Exception {
        restore(STACK, false, most, erased);
    }

    private void restore(URI stack, boolean restart, int most, Set<String> erased)
            throws Exception {
        Host host = new Host();
        new CommandLine(host).setErr(new PrintWriter(err));
        SiteRestore restore = new SiteRestore(folder, SiteManifest.verified(folder));
        SequencedMap<String, Checkpoint> begun = restore.begin(stack, restart, host.output);
        restore.send(begun, erased::contains, new Sink(most), host.output);
    }

    @Test
    void itemsGoBeforeUsersAndUsersBeforeEvents() throws Exception {
        restore(Integer.MAX_VALUE, Set.of());

        assertThat(sent.subList(0, 7))
                .containsExactly("a1", "a2", "u0", "anon-1→u1", "anon-2→u1", "e0", "e1");
        assertThat(sent).hasSize(5 + EVENTS);
        assertThat(folder.resolve("items.jsonl.checkpoint")).doesNotExist();
    }

    @Test
    void aRestoreThatIsKilledAnywhereGoesOnWhereItStood() throws Exception {
        restore(Integer.MAX_VALUE, Set.of());
        List<String> whole = List.copyOf(sent);
        for (int kill = 0; kill < whole.size(); kill++) {
            sent.clear();
            int most = kill;
            assertRefused(() -> restore(most, Set.of()));
            restore(Integer.MAX_VALUE, Set.of());

            assertThat(sent.stream().distinct().toList()).as("killed at %d", kill).isEqualTo(whole);
            assertThat(sent.size() - whole.size()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void whatConcernsErasedUsersIsLeftOut() throws Exception {
        restore(Integer.MAX_VALUE, Set.of("u0", "anon-2"));

        assertThat(sent).contains("anon-1→u1", "e1").doesNotContain("u0", "anon-2→u1", "e0", "e3");
        assertThat(sent.stream().filter("left out"::equals)).hasSize(1 + EVENTS / 3);
    }

    @Test
    void aRestoreThatWasInterruptedIsNotGoneOnWithIntoAnotherStack() throws Exception {
        assertRefused(() -> restore(4, Set.of()));
        Files.delete(folder.resolve("items.jsonl.checkpoint"));
        sent.clear();

        URI other = URI.create("http://127.0.0.1:2");

        assertRefused(() -> restore(other, false, 9, Set.of()), "users.jsonl", "--restart");
        assertThat(sent).isEmpty();
        restore(other, true, Integer.MAX_VALUE, Set.of());
        assertThat(sent).startsWith("a1", "a2").hasSize(5 + EVENTS);
    }

    @Test
    void aRestoreThatGoesOnSaysSoThoughTheSiteHasNoItems() throws Exception {
        Files.writeString(folder.resolve("items.jsonl"), "");
        SiteManifest.of(folder, EXPORTED, Map.of("users.jsonl", 2L, "events.jsonl", 30L))
                .write(folder);
        assertRefused(() -> restore(1, Set.of()));
        assertThat(err.toString()).isEmpty();

        restore(Integer.MAX_VALUE, Set.of());

        assertThat(err.toString()).contains("Goes on with the restore");
        assertThat(sent).startsWith("u0", "anon-1→u1");
    }

    @Test
    void withoutEvidenceOfErasuresTheCommandAsksForAStatement() throws Exception {
        ErasureOptions none = new ErasureOptions();

        assertRefused(
                () -> none.erased(EXPORTED, Optional.empty(), () -> EXPORTED),
                "--without-users FILE",
                "--nobody-erased");
        assertThat(Freshet.commandLine().getSubcommands()).containsKeys("restore");
    }
}
