package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Settings;
import dev.freshet.local.WorkerProcess;
import dev.freshet.local.emulator.Child;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.testkit.Thorough;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Tests of the packaged worker as processes on the emulators. */
class WorkerTest {
    /** Failure timeout of each wait, far above the times that the tests print. */
    private static final Duration LONG = Duration.ofSeconds(30);

    /**
     * Lets the worker exit orderly once for each build where several are started, so that the JVM
     * archives its classes for later starts.
     */
    @BeforeAll
    static void archiveClasses() throws Exception {
        if (Thorough.isOn() && !Files.exists(WorkerProcess.archive(WorkerScene.HOME))) {
            try (WorkerScene scene = new WorkerScene("archive-", 1)) {
                scene.send(20);
                scene.startWorker("worker");
                scene.awaitTrained(LONG);
            }
        }
    }

    @Test
    void oneShardGivesTheBytesThatTheFunctionsGive() throws Exception {
        try (WorkerScene scene = new WorkerScene("one-", 1)) {
            scene.send(700);
            Child worker = scene.startWorker("worker");

            Duration first = WorkerScene.await("a first row", LONG, () -> scene.interactions() > 0);
            System.out.println("worker: first record after " + first.toMillis() + " ms");
            scene.awaitTrained(LONG);
            close(worker);

            assertThat(WorkerScene.logOf(worker)).contains("has stopped in order");
            Settings functions = functions(scene, "one-again-");
            scene.process(functions);
            assertThat(rows(scene, "one-Interactions"))
                    .hasSize(700)
                    .isEqualTo(rows(scene, "one-again-Interactions"));
            assertThat(SnapshotCodec.encode(scene.model()))
                    .isEqualTo(SnapshotCodec.encode(scene.model(functions)));
        }
    }

    @Test
    @Thorough.Only
    void anOrderlyStopCheckpointsFinishedRecordsAndReleasesTheLeases() throws Exception {
        try (WorkerScene scene = new WorkerScene("stop-", 2)) {
            scene.send(100);
            Child worker = scene.startWorker("worker");
            scene.awaitTrained(LONG);
            close(worker);

            assertThat(scene.leases("events")).hasSize(2);
            assertThat(scene.leases("events").values())
                    .allSatisfy(lease -> assertThat(lease).doesNotContainKey("leaseOwner"));
            Map<String, String> marks = new HashMap<>();
            scene.model()
                    .marks()
                    .byShard()
                    .forEach(
                            (shard, mark) ->
                                    marks.put(shard.replaceFirst("^[^/]*/", ""), mark.toString()));
            assertThat(checkpoints(scene)).isEqualTo(marks);

            scene.send(50);
            Child second = scene.startWorker("second");
            Duration again = WorkerScene.await("the rest", LONG, () -> scene.interactions() == 150);
            System.out.println("worker: takes up given leases after " + again.toMillis() + " ms");
            scene.awaitTrained(LONG);
            close(second);
            assertThat(scene.model().totals().events()).isEqualTo(150);
        }
    }

    @Test
    @Thorough.Only
    void twoWorkersShareTheShardsAndOneTakesOverWhenTheOtherIsKilled() throws Exception {
        try (WorkerScene scene = new WorkerScene("two-", 4)) {
            scene.send(400);
            Child first = scene.startWorker("first");
            WorkerScene.await("a first row", LONG, () -> scene.interactions() > 0);
            Child second = scene.startWorker("second");
            Duration shared =
                    WorkerScene.await("two owners", LONG, () -> owners(scene).size() == 2);
            System.out.println("worker: shards shared after " + shared.toMillis() + " ms");
            scene.send(400);

            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
            first.awaitEnd();
            scene.send(400);
            Duration takeover =
                    WorkerScene.await("all rows", LONG, () -> scene.interactions() == 1_200);
            System.out.println("worker: took over after " + takeover.toMillis() + " ms");
            scene.awaitTrained(LONG);
            close(second);

            assertThat(scene.model().totals().events()).isEqualTo(1_200);
            Settings functions = functions(scene, "two-again-");
            scene.process(functions);
            assertThat(rows(scene, "two-Interactions"))
                    .isEqualTo(rows(scene, "two-again-Interactions"));
            assertThat(counts(scene.model())).isEqualTo(counts(scene.model(functions)));
            assertThat(scene.model().marks()).isEqualTo(scene.model(functions).marks());
        }
    }

    private static void close(Child worker) {
        long started = System.nanoTime();
        worker.close();
        System.out.println(
                "worker: stopped after " + (System.nanoTime() - started) / 1_000_000 + " ms");
    }

    @Test
    @Thorough.Only
    void parentShardsAreReadFirstAfterASplitAndAMergeWithABacklog() throws Exception {
        try (KinesisLocal kinesis = new KinesisLocal();
                WorkerScene scene = new WorkerScene("reshard-", 1, kinesis.environment())) {
            scene.send(120);
            String whole = scene.shards().getFirst();
            KinesisClient client = scene.clients().kinesis();
            String middle = BigInteger.TWO.pow(127).toString();
            client.splitShard(
                    r ->
                            r.streamName(scene.events())
                                    .shardToSplit(whole)
                                    .newStartingHashKey(middle));
            scene.awaitShards(3);
            scene.send(120);
            List<String> halves = scene.shards().subList(1, 3);
            client.mergeShards(
                    r ->
                            r.streamName(scene.events())
                                    .shardToMerge(halves.get(0))
                                    .adjacentShardToMerge(halves.get(1)));
            scene.awaitShards(4);
            scene.send(120);

            Child worker = scene.startWorker("worker");
            Duration all = WorkerScene.await("all rows", LONG, () -> scene.interactions() == 360);
            System.out.println("worker: three generations read after " + all.toMillis() + " ms");
            scene.awaitTrained(LONG);
            close(worker);

            assertThat(scene.model().totals().events()).isEqualTo(360);
            assertThat(scene.model().marks().byShard()).hasSize(4);
            assertThat(scene.learnedTimesByUser().values())
                    .as("examples of each user, in the order of the events")
                    .isNotEmpty()
                    .allSatisfy(times -> assertThat(times).isSorted());
        }
    }

    /** Returns settings that consume the same streams into separate tables and a separate model. */
    private static Settings functions(WorkerScene scene, String prefix)
            throws InterruptedException {
        EmulatedAws.makeTables(prefix);
        EmulatedAws.makeStream(scene.clients(), prefix + "examples", 1);
        Map<String, String> changed = new HashMap<>(WorkerScene.tables(prefix));
        changed.put("FRESHET_EXAMPLES_STREAM", prefix + "examples");
        changed.put("FRESHET_MODEL_ID", prefix + "main");
        return scene.settings(changed);
    }

    private static Map<String, Map<String, AttributeValue>> rows(WorkerScene scene, String table) {
        return scene.rows(table).stream()
                .map(
                        row -> {
                            Map<String, AttributeValue> kept = new HashMap<>(row);
                            kept.remove("expiresAt");
                            return kept;
                        })
                .collect(Collectors.toMap(row -> text(row, "eventKey"), row -> row));
    }

    private static Map<String, Long> counts(Model model) {
        Map<String, Long> counts = new HashMap<>();
        for (int item = 0; item < model.items().size(); item++) {
            counts.put(model.items().item(item).itemId(), model.popularity().count(item));
        }
        return counts;
    }

    private static List<String> owners(WorkerScene scene) {
        return scene.leases("events").values().stream()
                .filter(lease -> lease.containsKey("leaseOwner"))
                .map(lease -> text(lease, "leaseOwner"))
                .distinct()
                .toList();
    }

    private static String text(Map<String, AttributeValue> row, String attribute) {
        return Objects.requireNonNull(row.get(attribute)).s();
    }

    private static Map<String, String> checkpoints(WorkerScene scene) {
        return scene.leases("events").entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, lease -> text(lease.getValue(), "checkpoint")));
    }
}
