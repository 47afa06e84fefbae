package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.model.codec.SnapshotCodec;
import dev.freshet.training.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final int MAX_STEPS = 1_000;

    @Test
    void aReplayOfTheWholeHistoryGivesEqualBytesAndBecomesCurrentWithoutTraining()
            throws Exception {
        try (WorkerScene scene = new WorkerScene("replay-", 1)) {
            scene.send(500);
            FunctionsInPlace.features(scene.clients().kinesis(), scene.events(), scene.settings());
            FunctionsInPlace.train(scene.clients().kinesis(), scene.examples(), scene.settings());
            StreamConsumers stack = new StreamConsumers(scene.settings());
            assertThat(stack.currentModel()).isEqualTo("replay-main");
            List<String> messages = new ArrayList<>();

            Replay.Progress end = run(stack.replay("rebuilt", Optional.empty(), messages::add));

            assertThat(messages).as("nothing needs telling first").isEmpty();
            assertThat(end.applied()).isEqualTo(500);
            assertThat(stack.currentModel()).isEqualTo("rebuilt");
            Settings rebuilt = scene.settings(Map.of("FRESHET_MODEL_ID", "rebuilt"));
            assertThat(SnapshotCodec.encode(scene.model(rebuilt)))
                    .isEqualTo(SnapshotCodec.encode(scene.model()));
        }
    }

    @Test
    void anErasedUserIsErasedInTheRebuiltModelTooWithEqualBytes() throws Exception {
        try (WorkerScene scene = new WorkerScene("forgot-", 1)) {
            scene.send(300);
            scene.erase("user-7");
            FunctionsInPlace.features(scene.clients().kinesis(), scene.events(), scene.settings());
            FunctionsInPlace.train(scene.clients().kinesis(), scene.examples(), scene.settings());
            assertThat(scene.model().totals().forgets()).isEqualTo(1);
            assertThat(scene.model().users()).isEqualTo(WorkerScene.USERS - 1);

            run(
                    new StreamConsumers(scene.settings())
                            .replay("forgot-rebuilt", Optional.empty(), line -> {}));

            Settings rebuilt = scene.settings(Map.of("FRESHET_MODEL_ID", "forgot-rebuilt"));
            assertThat(SnapshotCodec.encode(scene.model(rebuilt)))
                    .isEqualTo(SnapshotCodec.encode(scene.model()));
        }
    }

    @Test
    void theTrainerSwitchesToTheRebuiltModelByItselfAndLosesNothing() throws Exception {
        try (WorkerScene scene = new WorkerScene("over-", 1)) {
            scene.send(200);
            FunctionsInPlace.features(scene.clients().kinesis(), scene.events(), scene.settings());
            FunctionsInPlace.train(scene.clients().kinesis(), scene.examples(), scene.settings());
            StreamConsumers stack = new StreamConsumers(scene.settings());
            Replay replay = stack.replay("over-rebuilt", Optional.empty(), line -> {});
            Replay.Progress progress = replay.step();
            while (progress.records() == 0 || !progress.behind().isZero()) {
                progress = replay.step();
            }
            replay.step();
            assertThat(stack.currentModel()).isEqualTo("over-main");

            scene.send(200);
            FunctionsInPlace.features(scene.clients().kinesis(), scene.events(), scene.settings());
            FunctionsInPlace.train(scene.clients().kinesis(), scene.examples(), scene.settings());

            assertThat(stack.currentModel()).isEqualTo("over-rebuilt");
            Settings rebuilt = scene.settings(Map.of("FRESHET_MODEL_ID", "over-rebuilt"));
            assertThat(scene.model(rebuilt).totals().events()).isEqualTo(400);
            assertThat(scene.model().totals().events()).isEqualTo(200);
            assertThat(run(replay).current()).isTrue();
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
