package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.features.Faults;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.ModelLogsWith;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryModelLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * 2,000 replicas, each asked ten times a second, and a trainer of three versions a second that dies
 * once between a version and its announcement, in virtual time.
 */
class ManyReplicasTest {
    private static final Instant BEGINNING = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int REPLICAS = 2_000;
    private static final int COPIES = 8;

    /** Seconds in which the replicas start, and seconds measured thereafter. */
    private static final int WARM = 10;

    private static final int MEASURED = 12;
    private static final String MODEL = "main";

    /** Read units a second of one key: half of what DynamoDB serves. */
    private static final double MAX_UNITS = 1_500;

    private final SettableClock clock = new SettableClock(BEGINNING);
    private final SplittableRandom random = new SplittableRandom(11);
    private final MemoryModelLogs logs = new MemoryModelLogs(MODEL, clock);
    private final Map<String, Double> units = new HashMap<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Instant> versions = new ArrayList<>();
    private final List<Double> ages = new ArrayList<>();
    private final Examples examples = new Examples();
    private Model trained = Model.empty(ModelSettings.DEFAULT);
    private Announcer announcer = new Announcer(logs);
    private double mostUnits;
    private String hottest = "";
    private long objects;

    /** Replicas that start in a tick until all have. */
    private int startedATick = REPLICAS / 200;

    @Test
    void eachKeyServesThemAndTheyAreFreshAndPayByTheSecond() {
        run(WARM + MEASURED, true);

        assertThat(mostUnits).as("units/s of %s", hottest).isLessThanOrEqualTo(MAX_UNITS);
        ages.sort(null);
        assertThat(ages.get((int) (0.99 * ages.size()))).as("seconds, p99").isLessThan(3.0);
        assertThat(ages.getLast())
                .as("seconds at most, with an announcement that was lost")
                .isLessThan(Replica.BETWEEN_LOGS.toSeconds() + 1.0);
        assertThat(objects / (double) REPLICAS / MEASURED)
                .as("objects a second of a replica, at three versions a second")
                .isLessThan(1.3);
        clock.advance(Replica.BETWEEN_SPANS);
        for (int each = 0; each < REPLICAS; each += 100) {
            assertThat(SnapshotCodec.encode(replicas.get(each).load().model()))
                    .isEqualTo(SnapshotCodec.encode(trained));
        }
    }

    @Test
    void withoutAnnouncementsTheKeyOfTheVersionsIsOverItsBound() {
        startedATick = REPLICAS / 20;
        run(3, false);

        assertThat(hottest).isEqualTo("versions");
        assertThat(mostUnits).isGreaterThan(3_000);
    }

    private void run(int seconds, boolean announced) {
        int ticks = (int) (seconds * 1_000L / TICK.toMillis());
        int died = ticks / 2;
        for (int tick = 0; tick < ticks; tick++) {
            clock.advance(TICK);
            if (tick % 7 == 0 || (tick % 7 == 3 && random.nextInt(8) == 0)) {
                version(announced && tick / 7 != died / 7);
            }
            if (tick == died) {
                announcer = new Announcer(logs);
            }
            if (replicas.size() < REPLICAS) {
                for (int started = 0; started < startedATick; started++) {
                    replicas.add(replica());
                }
            }
            replicas.forEach(
                    replica -> {
                        if (random.nextInt(1_000) < 10 * TICK.toMillis()) {
                            replica.read();
                        }
                    });
            if (tick % 20 == 19) {
                second(tick / 20);
            }
        }
    }

    private void second(int second) {
        units.forEach(
                (key, sum) -> {
                    if (sum > mostUnits) {
                        mostUnits = sum;
                        hottest = key;
                    }
                });
        units.clear();
        if (second == WARM - 1) {
            objects = 0;
        }
        if (second >= WARM) {
            replicas.forEach(replica -> ages.add(age(replica.current().version())));
        }
    }

    /** Returns for how many seconds a replica has lacked the oldest version that it lacks. */
    private double age(long version) {
        return version >= versions.size()
                ? 0
                : Duration.between(versions.get((int) version), clock.instant()).toMillis() / 1e3;
    }

    private void version(boolean announced) {
        long version = versions.size() + 1L;
        Duration age = Duration.between(Examples.NOON, clock.instant());
        Trainer.Step step =
                Trainer.train(
                        trained,
                        List.of(examples.interaction(version % 5, "item-" + version % 7, age)));
        trained = step.model();
        versions.add(clock.instant());
        ModelLog.Version row =
                logs.log(MODEL)
                        .append(version, step.delta(), trained.marks(), "", clock.instant())
                        .orElseThrow();
        announcer.appended(MODEL, row, step.delta());
        if (announced) {
            announcer.announce(MODEL, logs.log(MODEL), version, clock.instant());
        }
    }

    private Replica replica() {
        int[] reads = {0};
        ModelLogs view =
                Faults.on(
                        ModelLogs.class,
                        new ModelLogsWith(logs, this::counted),
                        call -> {
                            switch (call.method()) {
                                case "log" -> {}
                                case "glance" -> units.merge("head", 0.5, Double::sum);
                                case "newest" ->
                                        units.merge(
                                                "newest" + reads[0]++ % COPIES, 0.5, Double::sum);
                                default -> throw new AssertionError("replicas glance and read");
                            }
                        });
        return new Replica(view, ModelSettings.DEFAULT, clock, Runnable::run);
    }

    private ModelLog counted(ModelLog log) {
        return Faults.on(
                ModelLog.class,
                log,
                call -> {
                    switch (call.method()) {
                        case "after" -> units.merge("versions", 1.0, Double::sum);
                        case "snapshots" -> units.merge("snapshots", 1.0, Double::sum);
                        default -> objects++;
                    }
                });
    }
}
