package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.features.Faults;
import dev.freshet.model.Examples;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.ModelLogsWith;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryModelLogs;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestModelTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryModelLogs logs = new MemoryModelLogs("old", clock);
    private final LatestModel trainer = new LatestModel(logs, ModelSettings.DEFAULT, Runnable::run);

    @Test
    void theTrainerGoesOverOnceTheRebuiltModelHasComeAsFarAsItself() {
        taught("old", 1, 70);
        offer(69);
        trainer.selectCurrentAfterCutover(NOW);
        assertThat(logs.head().current()).isEqualTo("old");

        offer(70);
        trainer.selectCurrentAfterCutover(NOW);
        assertThat(logs.head().current()).isEqualTo("new");
        assertThat(logs.head().next()).isEmpty();
        assertThat(trainer.log()).isSameAs(logs.log("new"));
    }

    @Test
    void nothingCanBeAppendedToALogThatWasHandedOver() {
        taught("old", 1, 70);
        offer(70);
        trainer.selectCurrentAfterCutover(NOW);

        assertThat(logs.log("old").append(2, new byte[] {1}, HighWaterMarks.NONE, "80", NOW))
                .isEmpty();
        ModelLog.Version last = logs.log("old").head().orElseThrow();
        assertThat(last.closes()).isTrue();
        assertThat(last.position()).isEqualTo(BigInteger.valueOf(70));
        assertThat(logs.log("new").append(1, new byte[] {1}, HighWaterMarks.NONE, "80", NOW))
                .isPresent();
    }

    @Test
    void whoeverIsFasterThanTheHandoverKeepsTheModelAndTheNextHasToComeFurther() {
        taught("old", 1, 70);
        offer(70);
        ModelLogs overtaken =
                new ModelLogsWith(logs, log -> growing(log, "head")); // before the closing

        new LatestModel(overtaken, ModelSettings.DEFAULT, Runnable::run)
                .selectCurrentAfterCutover(NOW);
        assertThat(logs.head().current()).isEqualTo("old");
        trainer.selectCurrentAfterCutover(NOW);
        assertThat(logs.head().current()).isEqualTo("old");

        offer(80);
        trainer.selectCurrentAfterCutover(NOW);
        assertThat(logs.head().current()).isEqualTo("new");
    }

    @Test
    void whoeverLooksNextMovesTheHeadOfALogThatWasClosedByOneWhoDied() {
        taught("old", 1, 70);
        offer(70);
        assertThat(ModelLog.close(logs.log("old"), logs.log("old").head(), NOW)).isTrue();

        trainer.selectCurrentAfterCutover(NOW);

        assertThat(logs.head().current()).isEqualTo("new");
    }

    @Test
    void aModelThatWasNeverTaughtIsHandedOverToo() {
        offer(0);
        trainer.selectCurrentAfterCutover(NOW);
        assertThat(logs.head().current()).isEqualTo("new");
        assertThat(logs.log("old").head().orElseThrow().position()).isEqualTo(BigInteger.ZERO);
    }

    @Test
    void aLogThatGrowsWhileItIsReadIsFollowedAllTheSame() {
        Trainer.Step step =
                Trainer.train(Model.EMPTY, List.of(new Examples().interaction(1, "article")));
        logs.log("old").append(1, step.delta(), step.model().marks(), "70", NOW);
        ModelLog growing = growing(logs.log("old"), "delta"); // after the rows were read

        LatestModel latest =
                new LatestModel(ModelLogs.only(growing), ModelSettings.DEFAULT, Runnable::run);

        assertThat(latest.follow().version()).isEqualTo(1);
    }

    @Test
    void compactionFollowsAndNeverMoves() {
        taught("old", 1, 70);
        offer(70);
        trainer.selectCurrent();
        assertThat(logs.head().current()).isEqualTo("old");
        assertThat(trainer.log()).isSameAs(logs.log("old"));
    }

    private void offer(long upTo) {
        ModelLogs.Head head = logs.head();
        assertThat(logs.move(head, head.building("new", BigInteger.valueOf(upTo)))).isTrue();
    }

    /** Returns a log to which another trainer appends right after this method was called. */
    private ModelLog growing(ModelLog log, String method) {
        return Faults.then(ModelLog.class, log, method, () -> taught("old", 2, 80));
    }

    private void taught(String modelId, long version, long position) {
        ModelLog log = logs.log(modelId);
        String upTo = Long.toString(position);
        assertThat(log.append(version, new byte[] {1}, HighWaterMarks.NONE, upTo, NOW)).isPresent();
    }
}
