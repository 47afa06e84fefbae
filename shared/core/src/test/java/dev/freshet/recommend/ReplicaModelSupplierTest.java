package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.features.Faults;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.memory.MemoryModelLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaModelSupplierTest {
    private final SettableClock clock = new SettableClock(Site.NOW);
    private final ModelLog log =
            Faults.before(ModelLog.class, new MemoryModelLog(clock), call -> isDown());
    private boolean down;
    private final ReplicaModelSupplier serving =
            new ReplicaModelSupplier(
                    new Replica(log, ModelSettings.DEFAULT, clock, Runnable::run),
                    CatalogueMode.OPEN,
                    clock);

    @Test
    void theEmptyModelSaysThatItIsAndTheNewestVersionServesWithoutTrouble() {
        assertThat(serving.get().problems()).containsExactly("model-empty");
        learnOne();
        clock.advance(Replica.BETWEEN_LOOKS);

        ServedModel served = serving.get();

        assertThat(served.version()).isEqualTo(1);
        assertThat(served.age()).isZero();
        assertThat(served.problems()).isEmpty();
        assertThat(served.index("a")).isZero();
        assertThat(served.index("b")).isEqualTo(-1);
        assertThat(served.index(null)).isEqualTo(-1);
    }

    @Test
    void aLogThatNeverAnsweredLeavesTheEmptyModelAndSaysSo() {
        down = true;

        ServedModel served = serving.get();

        assertThat(served.version()).isZero();
        assertThat(served.problems()).containsExactly("model-unavailable");
    }

    @Test
    void aLogThatStoppedAnsweringLeavesTheLastVersionWithItsAge() {
        learnOne();
        serving.get();
        down = true;
        clock.advance(Duration.ofSeconds(3));

        assertThat(serving.get().problems()).containsExactly("model-behind");

        clock.advance(Duration.ofSeconds(9));
        ServedModel served = serving.get();

        assertThat(served.version()).isEqualTo(1);
        assertThat(served.age()).isEqualTo(Duration.ofSeconds(12));
        assertThat(served.problems()).containsExactly("model-stale");
    }

    private boolean isDown() {
        return down;
    }

    private void learnOne() {
        Trainer.Step step =
                Trainer.train(
                        Model.EMPTY, List.of(SiteFixture.view("events/shardId-0", 1, 1, "a")));
        log.append(1, step.delta(), step.model().marks(), "1", Site.NOW);
    }
}
