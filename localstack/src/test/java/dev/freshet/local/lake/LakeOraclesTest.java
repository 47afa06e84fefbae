package dev.freshet.local.lake;

import static dev.freshet.local.ApiBodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.lake.FolderLake;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an owner has to be able to rely on, observed in the files and by SQL. */
class LakeOraclesTest {
    @TempDir private Path folder;
    @AutoClose private LakeWorld world;

    @BeforeEach
    void open() {
        world = new LakeWorld(folder);
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, Long.getLong("freshet.lakeSeeds", Thorough.number(1, 3)))
                .mapToObj(number -> Long.getLong("freshet.lakeSeed", 1) + number);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachStoredInteractionHasOneRowHoweverOftenItIsSent(long seed) throws InterruptedException {
        int events = Integer.getInteger("freshet.lakeEvents", 1_000);
        Random random = new Random(seed);
        List<Event> sent = new ArrayList<>();
        List<StreamRecord> batch = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            Event event =
                    !sent.isEmpty() && random.nextInt(10) == 0
                            ? sent.get(random.nextInt(sent.size()))
                            : world.click(
                                    "user-" + random.nextInt(200),
                                    "e-" + i,
                                    world.clock.instant(),
                                    "item-" + random.nextInt(50));
            sent.add(event);
            batch.add(world.record(event));
            world.clock.advance(Duration.ofMillis(86_400_000L / events));
            if (batch.size() == 500 || i == events - 1) {
                world.repeating = random.nextInt(4) == 0;
                world.take(batch);
                batch.clear();
                if (random.nextInt(3) == 0) {
                    world.settle();
                }
            }
        }
        world.settle();

        assertThat(world.settle()).as("seed %d", seed).isEqualTo(FolderLake.Settled.NOTHING);
        assertThat(world.settle()).isEqualTo(FolderLake.Settled.NOTHING);
        assertSameRows(200);
        assertThat(world.lake.number("SELECT count(*) FROM arrivals"))
                .isGreaterThan(world.lake.number("SELECT count(*) FROM interactions"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRowsOfAPersonAreThoseOfTheWriteFlow(long seed) throws InterruptedException {
        Random random = new Random(seed);
        int people = 12;
        int records = Integer.getInteger("freshet.lakeEvents", 360);
        List<Event> sent = new ArrayList<>();
        for (int round = 0; round < records / 30; round++) {
            List<StreamRecord> batch = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                world.clock.advance(Duration.ofSeconds(random.nextInt(1_000)));
                String user = "user-" + random.nextInt(people);
                batch.add(something(random, user, round * 100 + i, sent));
            }
            if (random.nextInt(2) == 0) {
                world.withdraw("user-" + random.nextInt(people));
            }
            world.repeating = random.nextInt(4) == 0;
            world.take(batch);
            if (random.nextInt(3) == 0) {
                world.settle();
            }
        }
        world.settle();

        assertThat(world.settle()).as("seed %d", seed).isEqualTo(FolderLake.Settled.NOTHING);
        assertSameRows(people);
    }

    /** Returns a record of any kind. */
    private StreamRecord something(Random random, String user, int number, List<Event> sent) {
        String id = "e-" + number;
        Instant at = world.clock.instant();
        Event event =
                switch (random.nextInt(12)) {
                    case 0, 1 ->
                            sent.isEmpty()
                                    ? world.click(user, id, at, "a")
                                    : sent.get(random.nextInt(sent.size()));
                    case 2 ->
                            new Event.Impression(
                                    world.header(user, id, at, null), "home", List.of("a", "b"));
                    case 3 ->
                            new Event.Interaction(
                                    world.header(user, id, at, new Consent(false, true)),
                                    EventType.LIKE,
                                    Target.item("a"),
                                    Value.NONE);
                    case 4 -> {
                        // A record that could not be processed is put again with its position.
                        Event quarantined = world.click(user, id, at, "b");
                        yield quarantined.retrying(world.record(user, new byte[] {1}).position());
                    }
                    case 5 ->
                            new Event.Retraction(
                                    world.header(user, id, at, null),
                                    EventType.CLICK,
                                    Target.item("a"),
                                    "e-" + random.nextInt(number + 1));
                    case 6 ->
                            new Event.Alias(
                                    world.header(user, id, at, null), "anon-" + number, user);
                    default -> world.click(user, id, at, "item-" + random.nextInt(9));
                };
        if (random.nextInt(40) == 0) {
            return world.erase(user, "erasure-" + number);
        }
        if (random.nextInt(25) == 0) {
            return world.record(user, new byte[] {1, 2, 3});
        }
        sent.add(event);
        return world.record(event);
    }

    private void assertSameRows(int people) {
        Map<String, List<String>> settled = world.settled();
        for (int i = 0; i < people; i++) {
            String user = "user-" + i;
            List<String> rows = settled.getOrDefault(world.text(user), List.of());
            assertThat(rows).as(user).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(rows)).as(user).isEqualTo(world.stored(user));
        }
    }

    @Test
    void whatAnErasedPersonLeftOnItsWayIsRemovedAndInNoFile()
            throws InterruptedException, IOException {
        List<StreamRecord> early =
                List.of(
                        world.record(world.click("ann", "e1", world.clock.instant(), "a")),
                        world.record(world.click("bob", "e2", world.clock.instant(), "a")));
        world.take(early);
        world.settle();
        List<StreamRecord> late =
                List.of(
                        world.record(world.click("ann", "e3", world.clock.instant(), "b")),
                        world.record(world.click("bob", "e4", world.clock.instant(), "b")));
        List<byte[]> onTheWay = world.rows(late);
        assertThat(LakeFiles.with(folder, world.text("ann"))).isNotEmpty();

        world.take(List.of(world.erase("ann", "erasure-1")));
        FolderLake.Settled first = world.settle();
        assertThat(first.erased()).isEqualTo(2); // one arrival, one settled row
        assertThat(LakeFiles.with(folder, world.text("ann"))).isEmpty();

        world.lake.append(onTheWay);
        assertThat(LakeFiles.with(folder, world.text("ann"))).isNotEmpty();
        world.clock.advance(Duration.ofDays(1));
        world.settle();

        assertThat(LakeFiles.with(folder, world.text("ann"))).isEmpty();
        assertThat(world.settled()).containsOnlyKeys(world.text("bob"));
        assertThat(world.settled().get(world.text("bob"))).hasSize(2);
    }

    @Test
    void whatAPersonDoesAfterAnErasureStays() throws InterruptedException {
        Event before = world.click("ann", "e1", world.clock.instant(), "a");
        world.take(List.of(world.record(before)));
        world.settle();
        world.take(List.of(world.erase("ann", "erasure-1")));
        world.clock.advance(Duration.ofSeconds(1));
        world.take(List.of(world.record(world.click("ann", "e2", world.clock.instant(), "a"))));
        world.settle();

        assertThat(world.settled().get(world.text("ann")))
                .containsExactly("e2 " + world.clock.instant().toEpochMilli());
        assertSameRows(1);
    }

    @Test
    void aStoreThatIsAwayForTwentyMinutesLosesNothing() throws InterruptedException {
        world.usersAway = true;
        Instant from = world.clock.instant();
        int number = 0;
        while (world.clock.instant().isBefore(from.plus(Duration.ofMinutes(20)))) {
            List<StreamRecord> batch = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Instant now = world.clock.instant();
                batch.add(world.record(world.click("user-" + i, "e-" + number++, now, "a")));
            }
            world.deliver(batch);
        }
        assertThat(world.lake.number("SELECT count(*) FROM arrivals")).isZero();
        assertThat(LakeErrors.count(world.lake.folder().errors(), "processing-failed"))
                .isEqualTo(number);
        assertThat(world.redrive()).isZero();

        world.usersAway = false;
        assertThat(world.redrive()).isPositive();
        world.settle();

        assertThat(world.lake.number("SELECT count(*) FROM arrivals")).isEqualTo(number);
        assertThat(world.lake.number("SELECT count(*) FROM interactions")).isEqualTo(number);
        assertThat(LakeErrors.count(world.lake.folder().errors(), "processing-failed")).isZero();
    }

    @Test
    void anImportOfMoreThanAllDaysThatAreKeptSettlesInRanges() throws InterruptedException {
        int kept = Thorough.number(120, LakeWorld.KEPT_DAYS);
        world.keptDays = kept;
        List<StreamRecord> batch = new ArrayList<>();
        for (int day = 0; day <= kept + 10; day++) {
            Instant at = world.clock.instant().minus(Duration.ofDays(day));
            batch.add(world.record(world.click("user-" + day % 5, "e-" + day, at, "a")));
        }
        world.deliver(batch);

        FolderLake.Settled settled = world.settle();

        assertThat(settled).isEqualTo(new FolderLake.Settled(kept + 1, 0, kept + 1, 0));
        assertThat(world.settle()).isEqualTo(FolderLake.Settled.NOTHING);
        assertThat(world.lake.number("SELECT count(DISTINCT occurred_day) FROM interactions"))
                .isEqualTo(kept + 1);

        world.clock.advance(Duration.ofDays(20));
        assertThat(world.settle().expired()).isEqualTo(20 + 1);
        assertThat(world.lake.number("SELECT count(*) FROM arrivals")).isZero();
    }

    @Test
    void anAnswerThatBreaksARuleGoesToTheErrors() {
        assertThat(DeliveryForm.brokenRule(json("{\"Kind\":\"x\"}")))
                .contains("The table has no column Kind.");
        assertThat(DeliveryForm.brokenRule(json("{\"received_at\":\"2026\"}")))
                .contains("received_at is no timestamp.");
        assertThat(DeliveryForm.brokenRule(json("{\"received_at\":99999999999999999}")))
                .contains("received_at is no timestamp.");
        assertThat(DeliveryForm.brokenRule(json("[]"))).contains("A row is one JSON object.");
        assertThat(DeliveryForm.brokenRule(json("{\"kind\":\"x\"}"))).isEmpty();
    }
}
