package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Settings;
import dev.freshet.event.StreamRecord;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.lake.LakeFlow;
import dev.freshet.lake.LakeReader;
import dev.freshet.local.lake.LocalLake;
import dev.freshet.local.lake.LocalLakeReader;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.training.Replay;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final int MAX_STEPS = 1_000;

    @Test
    void aReplayOfTheWholeHistoryGivesEqualBytesErasesWhoWasErasedAndBecomesCurrent()
            throws Exception {
        try (WorkerScene scene = new WorkerScene("replay-", 1)) {
            scene.send(300);
            scene.erase("user-7");
            scene.process();
            assertThat(scene.model().totals().forgets()).isEqualTo(1);
            assertThat(scene.model().users()).isEqualTo(WorkerScene.USERS - 1);
            StreamConsumers stack = new StreamConsumers(scene.settings());
            assertThat(stack.currentModel()).isEqualTo("replay-main");
            List<String> messages = new ArrayList<>();

            Replay.Progress end = run(stack.replay("rebuilt", Optional.empty(), messages::add));

            assertThat(messages).as("nothing needs telling first").isEmpty();
            assertThat(end.applied()).as("events and the erasure").isEqualTo(300 + 1);
            assertThat(stack.currentModel()).as("without training").isEqualTo("rebuilt");
            assertEqualBytes(scene, "rebuilt");
        }
    }

    @Test
    void theTrainerSwitchesToTheRebuiltModelByItselfAndLosesNothing() throws Exception {
        try (WorkerScene scene = new WorkerScene("over-", 1)) {
            scene.send(100);
            scene.process();
            StreamConsumers stack = new StreamConsumers(scene.settings());
            Replay replay = stack.replay("over-rebuilt", Optional.empty(), line -> {});
            Replay.Progress progress = replay.step();
            while (progress.records() == 0 || !progress.behind().isZero()) {
                progress = replay.step();
            }
            replay.step();
            assertThat(stack.currentModel()).isEqualTo("over-main");

            scene.send(100);
            scene.process();

            assertThat(stack.currentModel()).isEqualTo("over-rebuilt");
            Settings rebuilt = scene.settings(Map.of("FRESHET_MODEL_ID", "over-rebuilt"));
            assertThat(scene.model(rebuilt).totals().events()).isEqualTo(200);
            assertThat(scene.model().totals().events()).isEqualTo(100);
            assertThat(run(replay).current()).isTrue();
        }
    }

    @Test
    void aReplayFromTheLakeGivesEqualBytesAndBecomesCurrent(@TempDir Path folder) throws Exception {
        try (WorkerScene scene = new WorkerScene("lake-", 1)) {
            scene.send(300);
            scene.process();
            deliver(scene, folder);
            List<String> messages = new ArrayList<>();

            Replay.Progress end;
            try (LakeReader lake = new LocalLakeReader(folder)) {
                end =
                        run(
                                new StreamConsumers(scene.settings())
                                        .replayFromLake(
                                                "lake-rebuilt", lake, Instant.EPOCH, messages::add)
                                        .replay());
            }

            assertThat(messages).first().isEqualTo("Added 0 items of the catalogue first.");
            assertThat(end.applied()).as("each event once").isEqualTo(300);
            assertEqualBytes(scene, "lake-rebuilt");
        }
    }

    private static void assertEqualBytes(WorkerScene scene, String modelId) {
        Settings rebuilt = scene.settings(Map.of("FRESHET_MODEL_ID", modelId));
        assertThat(SnapshotCodec.encode(scene.model(rebuilt)))
                .isEqualTo(SnapshotCodec.encode(scene.model()));
    }

    /** Brings every event of the stream into a lake, and settles it. */
    private static void deliver(WorkerScene scene, Path folder) {
        List<StreamRecord> records = StreamRecords.of(scene.clients().kinesis(), scene.events());
        try (LocalLake lake = new LocalLake(folder)) {
            lake.append(
                    new Wiring(scene.settings())
                            .lake().transform(records, Instant.MAX).stream()
                                    .map(LakeFlow.Kept.class::cast)
                                    .map(kept -> kept.row().line())
                                    .toList());
            lake.settle(Instant.now(), 400);
        }
    }

    private static Replay.Progress run(Replay replay) throws InterruptedException {
        Replay.Progress progress = replay.step();
        for (int step = 0; step < MAX_STEPS && !progress.current(); step++) {
            Thread.sleep(50);
            progress = replay.step();
        }
        assertThat(progress.current()).isTrue();
        return progress;
    }
}
