package dev.freshet.cli.site;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.dynamodb.ScanPage;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemReader;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.cli.site.ErasureOptions.ErasedUsers;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.StoreUnavailableException;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteExportTest {
    private static final Instant START = Instant.parse("2026-11-26T20:00:00Z");
    private static final int PAGE = 7;

    @TempDir private Path folder = Path.of("");

    /** Tables in pages, of which reads fail by chance. */
    private static final class Pages implements SiteTables {
        private final SplittableRandom random;
        private final double failing;

        Pages(long seed, double failing) {
            this.random = new SplittableRandom(seed);
            this.failing = failing;
        }

        private <T> ScanPage<T> page(List<T> all, Map<String, String> after) {
            if (random.nextDouble() < failing) {
                throw new StoreUnavailableException("A table", new IOException("killed"));
            }
            int from = Integer.parseInt(after.getOrDefault("at", "0"));
            int to = Math.min(all.size(), from + PAGE);
            return new ScanPage<>(
                    all.subList(from, to),
                    to == all.size() ? Map.of() : Map.of("at", String.valueOf(to)));
        }

        @Override
        public ScanPage<Item> items(Map<String, String> after) {
            return page(IntStream.range(0, 40).mapToObj(Pages::item).toList(), after);
        }

        private static Item item(int i) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("itemId", "a" + i).put("version", 1).put("title", "Tea “" + i + "”");
            try {
                return ItemReader.read(json);
            } catch (InvalidItemException invalid) {
                throw new AssertionError(invalid);
            }
        }

        @Override
        public ScanPage<StoredInteraction> interactions(Map<String, String> after) {
            return page(IntStream.range(0, 100).mapToObj(Pages::row).toList(), after);
        }

        /** Rows in another order than that of their records, and received in a third one. */
        private static StoredInteraction row(int i) {
            int order = i * 37 % 100;
            Instant at = START.plusSeconds(order / 2);
            Instant received = at.minusMillis(order % 3);
            return new StoredInteraction(
                    "u" + i % 20,
                    "e" + order,
                    new EventTimes(at, at, received),
                    new StoredInteraction.Act(
                            EventType.CLICK, Target.item("a" + i % 40), 1, 0, null),
                    null,
                    Context.UNKNOWN,
                    new ShardPosition("events/1", BigInteger.valueOf(order)),
                    null,
                    Map.of());
        }

        @Override
        public ScanPage<UserProfile> users(Map<String, String> after) {
            return page(IntStream.range(0, 30).mapToObj(Pages::user).toList(), after);
        }

        /** Users of whom u3 was erased in the middle of its events, with the alias u4. */
        private static UserProfile user(int i) {
            UserProfile profile =
                    UserProfile.absent("u" + i)
                            .with(
                                    new UserProfile.Stated(
                                            Map.of("plan", AttributeValue.of("free")), null));
            return i == 3
                    ? profile.erased(new Tombstone("x", START.plusSeconds(25), List.of("u4"), null))
                    : profile;
        }
    }

    private SiteManifest export(String name, SiteTables tables) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        ExportState begun =
                ExportState.read(target, "tables").orElse(ExportState.start("tables", START));
        return new SiteExport(target, tables, EventTypes.BUILT_IN).run(begun);
    }

    @Test
    void anExportThatIsKilledAgainAndAgainHasTheSameFilesAsOneThatIsNot() throws IOException {
        SiteManifest whole = export("whole", new Pages(0, 0));
        for (File file : Objects.requireNonNull(folder.resolve("whole").toFile().listFiles())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())))
                    .as(file.getName())
                    .isEqualTo("rw-------");
        }

        for (long seed = 1; seed <= 50; seed++) {
            Pages tables = new Pages(seed, 0.4);
            SiteManifest resumed = null;
            int kills = 0;
            while (resumed == null && kills < 1_000) {
                try {
                    resumed = export("killed-" + seed, tables);
                } catch (StoreUnavailableException killed) {
                    kills++;
                    scribble(folder.resolve("killed-" + seed));
                }
            }
            assertThat(kills).isPositive();
            assertThat(resumed).as("seed %d", seed).isEqualTo(whole);
            assertThat(folder.resolve("killed-" + seed).toFile().list())
                    .containsExactlyInAnyOrder(
                            "manifest.json", "items.jsonl", "users.jsonl", "events.jsonl");
        }
    }

    /** Adds what a process may have written behind its last checkpoint. */
    private static void scribble(Path export) throws IOException {
        for (String name : List.of("items.part", "interactions.part", "users.jsonl")) {
            Path file = export.resolve(name);
            if (Files.exists(file)) {
                Files.writeString(file, "{\"half\":", StandardOpenOption.APPEND);
            }
        }
    }

    @Test
    void eventsStandInTheOrderOfTheirRecordsWithoutThoseFromBeforeAnErasure() throws IOException {
        SiteManifest manifest = export("site", new Pages(0, 0));

        List<String> events = Files.readAllLines(folder.resolve("site/events.jsonl"));
        List<Integer> order =
                events.stream()
                        .map(line -> line.replaceFirst(".*\"eventId\":\"e([0-9]+)\".*", "$1"))
                        .map(Integer::valueOf)
                        .toList();
        assertThat(order).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < 100; i++) {
            boolean erased = i % 20 == 3 || i % 20 == 4;
            boolean before = i * 37 % 100 / 2 <= 25;
            assertThat(order.contains(i * 37 % 100)).as("row %d", i).isEqualTo(!(erased && before));
        }
        assertThat(manifest.lines("events.jsonl")).isEqualTo(events.size());
        assertThat(manifest.lines("items.jsonl")).isEqualTo(40);
        assertThat(manifest.lines("users.jsonl")).isEqualTo(29);
        assertThat(manifest.exportedAt()).isEqualTo(START);
        assertThat(SiteManifest.verified(folder.resolve("site"))).isEqualTo(manifest);
    }

    @Test
    void anInterruptedExportOfOtherTablesIsNotGoneOnWith() throws IOException {
        ExportState.start("tables", START).write(folder);

        assertRefused(() -> ExportState.read(folder, "others"), "other tables (tables)");
    }

    @Test
    void aFileThatIsMissingOrWasChangedIsNamedBeforeAnythingIsSent() throws IOException {
        export("site", new Pages(0, 0));
        Path site = folder.resolve("site");
        Path users = site.resolve("users.jsonl");
        String text = Files.readString(users);

        Files.writeString(users, text.replaceFirst("free", "paid"));
        assertRefused(
                () -> SiteManifest.verified(site), "users.jsonl is not the file that was exported");

        Files.delete(users);
        assertRefused(() -> SiteManifest.verified(site), "users.jsonl is missing");

        Files.delete(site.resolve("manifest.json"));
        assertRefused(() -> SiteManifest.verified(site), "is no export");

        ExportState.start("tables", START).write(site);
        assertRefused(() -> SiteManifest.verified(site), "was interrupted", "it goes on");
    }

    @Test
    void usersAreErasedSinceAnExportIfTheirTombstoneIsLater() {
        ErasedUsers before = ErasedUsers.since(START, new Pages(0, 0));
        ErasedUsers longAfter =
                ErasedUsers.since(START.plus(ErasedUsers.CLOCKS).plusSeconds(26), new Pages(0, 0));

        assertThat(before.ids()).containsExactlyInAnyOrder("u3", "u4");
        assertThat(before.tableIsEmpty()).isFalse();
        assertThat(longAfter.ids()).isEmpty();
    }
}
