package dev.freshet.model.log;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.features.Faults;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    private static final Executor AT_ONCE = Runnable::run;

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private Instant now = Examples.NOON;
    private final InstantSource clock = () -> now;
    private final MemoryModelLog kept = new MemoryModelLog(objects, clock);
    private final ModelLog log = Faults.before(ModelLog.class, kept, this::fails);
    private final List<Example> examples = new Examples().mixed(new Random(3), 4_000);
    private Model trained = Model.EMPTY;
    private int learned;
    private long versions;

    /** Objects are called delta-1, snapshot-1 and so on, neighbours as their test calls them. */
    private final Map<String, String> neighbours = new HashMap<>();

    private final Set<String> damaged = new HashSet<>();
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private long expiredUpTo;
    private boolean down;
    private String unanswered = "none";

    private boolean fails(Faults.Call call) {
        if (call.method().equals("after")) {
            call.arguments()[0] = Math.max((long) call.arguments()[0], expiredUpTo);
            return down;
        }
        String name =
                switch (call.method()) {
                    case "delta" -> "delta-" + ((ModelLog.Version) call.arguments()[0]).version();
                    case "snapshot" ->
                            "snapshot-" + ((ModelLog.Snapshot) call.arguments()[0]).version();
                    case "object" ->
                            neighbours.get(((ModelArchive.StoredObject) call.arguments()[0]).key());
                    default -> null;
                };
        if (name == null || name.equals(unanswered)) {
            return name != null;
        }
        if (damaged.contains(name)) {
            throw new ModelLog.DamagedObjectException(name, "its checksum differs");
        }
        read.add(name);
        return false;
    }

    private Replica replica() {
        return new Replica(log, ModelSettings.DEFAULT, clock, AT_ONCE);
    }

    private Replica loaded() {
        Replica replica = replica();
        replica.load();
        return replica;
    }

    private static Replica.Versioned follow(Replica replica) {
        return replica.follow(Duration.ofSeconds(1));
    }

    private static float weight(Replica replica) {
        return replica.current().model().longMemory().weight(0, 1);
    }

    /** Appends versions of ten examples each. */
    private void train(int versions) {
        for (int i = 0; i < versions; i++) {
            append(Trainer.train(trained, examples.subList(learned, learned + 10)));
            learned += 10;
        }
    }

    private void append(Trainer.Step step) {
        trained = step.model();
        kept.append(++versions, step.delta(), trained.marks(), "", now);
    }

    private void snapshot() {
        Instant later = now.plus(Duration.ofDays(9));
        kept.putSnapshot(versions, SnapshotCodec.encode(trained), now, later);
    }

    private void assertServes(Replica replica, long version) {
        assertThat(replica.current().version()).isEqualTo(version);
        assertSameBytes(replica.current().model(), trained);
    }

    @Test
    void aLogWithoutVersionsIsFollowedAsTheEmptyModel() {
        Replica replica = replica();
        assertThat(replica.load().version()).isZero();
        assertThat(replica.status().trouble()).isNull();
        assertThat(replica.status().lastLook()).isEqualTo(now);
    }

    @Test
    void deltasAloneLeadToTheTrainersBytes() {
        train(130);
        assertServes(loaded(), 130);
    }

    @Test
    void theNewestSnapshotSparesTheDeltasBeforeIt() {
        train(80);
        snapshot();
        train(5);
        assertServes(loaded(), 85);
        assertThat(read)
                .containsExactlyInAnyOrder(
                        "snapshot-80", "delta-81", "delta-82", "delta-83", "delta-84", "delta-85");
    }

    @Test
    void aDamagedSnapshotGivesWayToTheOneBefore() {
        train(20);
        snapshot();
        train(20);
        snapshot();
        train(3);
        damaged.add("snapshot-40");
        assertServes(loaded(), 43);
    }

    @Test
    void aDamagedDeltaKeepsTheLastGoodVersionAndSaysSo() {
        train(5);
        Replica replica = loaded();
        Model before = replica.current().model();
        train(3);
        damaged.add("delta-6");
        now = now.plusSeconds(1);
        assertThat(follow(replica).version()).isEqualTo(5);
        assertThat(replica.current().model().totals()).isEqualTo(before.totals());
        assertThat(replica.status().trouble()).contains("Version 6").contains("damaged");
        assertThat(replica.status().damaged()).isEqualTo(1);
    }

    @Test
    void whatComesBeforeADamagedDeltaIsServedAndASnapshotBeyondItHeals() {
        train(4);
        Replica replica = loaded();
        train(4);
        damaged.add("delta-7");
        assertThat(follow(replica).version()).isEqualTo(6);
        snapshot();
        train(1);
        follow(replica);
        assertServes(replica, 9);
        assertThat(replica.status().trouble()).isNull();
    }

    @Test
    void aDeltaThatIsNoDeltaIsDamageToo() {
        train(1);
        kept.append(2, new byte[] {1, 2, 3}, trained.marks(), "", now);
        Replica replica = replica();
        assertThat(replica.load().version()).isEqualTo(1);
        assertThat(replica.status().trouble())
                .matches("Version 2: object models/\\S+ of the model log cannot be read: .+");
    }

    @Test
    void rowsThatExpiredAreBridgedByASnapshotOrReportedAsMissing() {
        train(3);
        Replica replica = loaded();
        train(6);
        expiredUpTo = 6;
        assertThat(follow(replica).version()).isEqualTo(3);
        assertThat(replica.status().trouble()).isEqualTo("Versions after 3 are missing.");
        snapshot();
        follow(replica);
        assertServes(replica, 9);
    }

    @Test
    void aStoreThatIsDownLeavesTheModelAndTheAgeOfTheLastLook() {
        train(2);
        Replica replica = loaded();
        Instant looked = now;
        down = true;
        now = now.plusSeconds(10);
        assertThat(replica.read().version()).isEqualTo(2);
        assertThat(replica.status().lastLook()).isEqualTo(looked);
        assertThat(replica.status().failures()).isEqualTo(1);
        assertThat(replica.status().trouble()).contains("unavailable");
        assertThat(replica.read().version()).isEqualTo(2);
        assertThat(replica.status().failures())
                .as("no second refresh right after a failure")
                .isEqualTo(1);
        down = false;
        train(1);
        now = now.plusSeconds(2);
        assertThat(replica.read().version()).isEqualTo(3);
        assertThat(replica.status().trouble()).isNull();
    }

    @Test
    void whatWasReadBeforeAStoreStoppedAnsweringIsKept() {
        train(100);
        unanswered = "delta-90";
        Replica replica = replica();
        assertThat(replica.load().version()).isEqualTo(89);
        assertThat(replica.status().trouble()).contains("unavailable");
        assertThat(replica.status().lastLook()).isEqualTo(Instant.EPOCH);
        unanswered = "none";
        read.clear();
        now = now.plusSeconds(2);
        replica.load();
        assertServes(replica, 100);
        assertThat(read).hasSize(11);
    }

    @Test
    void aFreshReplicaLooksBesideTheRequestAndAStaleOneInFront() {
        List<Runnable> background = new ArrayList<>();
        boolean[] inFront = {true};
        Executor executor =
                task -> (inFront[0] ? AT_ONCE : (Executor) background::add).execute(task);
        Replica replica = new Replica(log, ModelSettings.DEFAULT, clock, executor);
        train(1);
        assertThat(replica.read().version()).as("never refreshed: before the request").isEqualTo(1);
        inFront[0] = false;
        train(1);
        now = now.plusSeconds(1);
        assertThat(replica.read().version())
                .as("refreshed a second ago: concurrently")
                .isEqualTo(1);
        assertThat(replica.read().version()).isEqualTo(1);
        assertThat(background).as("one refresh at a time").hasSize(1);
        inFront[0] = true;
        background.getFirst().run();
        assertThat(replica.read().version()).isEqualTo(2);
        train(1);
        now = now.plus(Replica.STALE).plusSeconds(1);
        assertThat(replica.read().version()).as("stale: before the request").isEqualTo(3);
    }

    @Test
    void aRequestDoesNotWaitForALookThatHangs() {
        train(1);
        Replica replica = new Replica(log, ModelSettings.DEFAULT, clock, task -> {});
        assertThat(replica.follow(Duration.ofMillis(1)).version()).isZero();
        assertThat(replica.read().version()).isZero();
    }

    @Test
    void theFirstRequestAfterAFreezeWaitsForConnectionsToBeOpened() {
        train(1);
        Replica replica = loaded();
        assertThat(replica.mostWait(now.plusSeconds(5))).isZero();
        assertThat(replica.mostWait(now.plusSeconds(6))).isEqualTo(Duration.ofMillis(100));
        assertThat(replica.mostWait(now.plusSeconds(120))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theEmptyModelIsNoAnswerWhereTheLogHasAVersion() {
        Replica replica = loaded();
        assertThat(replica.mostWait(now)).isEqualTo(Duration.ofSeconds(1));
        train(1);
        now = now.plus(Replica.BETWEEN_LOOKS);
        assertThat(replica.read().version()).isEqualTo(1);
        assertThat(replica.mostWait(now.plusSeconds(6))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void requestsDuringAnOutageDoNotEachWaitAsAfterAFreeze() {
        Replica replica = loaded();
        down = true;
        for (int second = 0; second < 120; second++) {
            now = now.plusSeconds(1);
            replica.read();
        }
        assertThat(replica.status().failures()).isGreaterThan(50);
        assertThat(replica.mostWait(now.plusSeconds(1))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void derivedTopsAreWorkedOutAtMostOnceASecondAndCountsAreRightMeanwhile() {
        Examples more = new Examples("events/other");
        Replica replica = replica();
        append(more.interaction(1, "a"));
        replica.load();
        now = now.plusSeconds(2);
        append(more.interaction(2, "a"));
        assertThat(top(follow(replica))).containsExactly("a");
        append(more.interaction(3, "b"), more.interaction(4, "b"), more.interaction(5, "b"));
        now = now.plusMillis(300);
        Model stale = follow(replica).model();
        assertThat(replica.current().version()).isEqualTo(3);
        assertThat(top(replica.current())).containsExactly("a");
        assertThat(stale.popularity().count(stale.items().index("b"))).isEqualTo(3);
        now = now.plusMillis(800);
        assertThat(top(follow(replica))).containsExactly("b", "a");
    }

    @Test
    void withRealThreadsItComesToTheSame() {
        train(150);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Replica replica = new Replica(log, ModelSettings.DEFAULT, clock, threads);
            replica.load();
            assertServes(replica, 150);
        }
    }

    private void append(Example... some) {
        append(Trainer.train(trained, List.of(some)));
    }

    private List<String> top(Replica.Versioned versioned) {
        Model model = versioned.model();
        return ids(model, model.popularity().top(Scope.ALL, HalfLife.TWO_HOURS, now, 5));
    }

    /** Appends a version that names neighbours, as a trainer that has loaded them does. */
    private void name(String key, int hours) {
        byte[] file =
                NeighboursFile.encode(
                        List.of(
                                new NeighboursFile.Row(
                                        trained.items().id(0),
                                        List.of(trained.items().id(1)),
                                        List.of(1.0 + hours))));
        ModelArchive.StoredObject object = ModelArchive.putNeighbours(objects, hours, file);
        neighbours.put(object.key(), key);
        Instant at = Examples.NOON.plus(Duration.ofHours(hours));
        Example.Neighbours named =
                new Example.Neighbours(object.key(), object.sha256(), object.bytes(), "job", at);
        append(
                Trainer.train(
                        trained,
                        trained.settings().catalogue(),
                        List.of(named),
                        (of, items, present) -> LongMemory.read(of, file, items)));
    }

    @Test
    void neighboursThatAVersionNamesAreLoadedWithIt() {
        train(5);
        name("neighbours-1", 1);
        Replica replica = loaded();
        assertServes(replica, 6);
        assertThat(replica.current().model().remembers()).isTrue();
        assertThat(weight(replica)).isEqualTo(2);
        train(3);
        now = now.plusSeconds(1);
        follow(replica);
        assertThat(weight(replica)).isEqualTo(2);
        assertThat(read.stream().filter("neighbours-1"::equals)).hasSize(1);
    }

    @Test
    void whileNewNeighboursAreMissingTheOldOnesServe() {
        train(5);
        name("neighbours-1", 1);
        Replica replica = loaded();
        damaged.add("neighbours-2");
        name("neighbours-2", 2);
        now = now.plusSeconds(1);
        follow(replica);

        assertServes(replica, 7);
        assertThat(replica.current().model().remembers()).isFalse();
        assertThat(weight(replica)).isEqualTo(2);

        damaged.clear();
        now = now.plus(Replica.AFTER_FAILURE);
        follow(replica);
        assertThat(replica.current().model().remembers()).isTrue();
        assertThat(weight(replica)).isEqualTo(3);
    }

    @Test
    void aReplicaThatStartsFromASnapshotLoadsTheNeighboursThatItNames() {
        train(5);
        name("neighbours-1", 1);
        snapshot();
        assertThat(weight(loaded())).isEqualTo(2);
    }

    @Test
    void withoutItsNeighboursAReplicaServesAllTheSame() {
        train(5);
        name("neighbours-1", 1);
        unanswered = "neighbours-1";
        Replica replica = loaded();
        assertServes(replica, 6);
        assertThat(replica.status().trouble()).isNull();
        assertThat(replica.current().model().remembers()).isFalse();
        assertThat(replica.current().model().longMemory().isEmpty()).isTrue();
    }
}
