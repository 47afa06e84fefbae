package dev.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.Marks;
import dev.freshet.model.ModelLogs;
import dev.freshet.model.ModelSettings;
import dev.freshet.storage.SettableClock;
import dev.freshet.storage.memory.MemoryModelLogs;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ModelHeadTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryModelLogs logs = new MemoryModelLogs("old", clock);
    private final ModelHead trainer = new ModelHead(logs, ModelSettings.DEFAULT, Runnable::run);

    @Test
    void theTrainerGoesOverOnceTheRebuiltModelHasComeAsFarAsItself() {
        taught("old", 1, 70);
        offer(69);
        trainer.lookAndMove();
        assertThat(logs.head().current()).isEqualTo("old");

        offer(70);
        trainer.lookAndMove();
        assertThat(logs.head().current()).isEqualTo("new");
        assertThat(logs.head().next()).isEmpty();
        assertThat(trainer.log()).isSameAs(logs.log("new"));
    }

    @Test
    void aModelMadeCurrentTooEarlyIsPutBackAndStillToBeBuilt() {
        taught("old", 1, 70);
        trainer.lookAndMove();
        offer(70);
        taught("old", 2, 80);
        assertThat(logs.move(logs.head(), logs.head().switched())).isTrue();

        trainer.lookAndMove();

        assertThat(logs.head().current()).isEqualTo("old");
        assertThat(logs.head().next()).contains("new");
        offer(80);
        trainer.lookAndMove();
        assertThat(logs.head().current()).isEqualTo("new");
    }

    @Test
    void aTrainerThatStartsAnewPutsItBackToo() {
        taught("old", 1, 70);
        offer(60);
        assertThat(logs.move(logs.head(), logs.head().switched())).isTrue();

        new ModelHead(logs, ModelSettings.DEFAULT, Runnable::run).lookAndMove();

        assertThat(logs.head().current()).isEqualTo("old");
    }

    @Test
    void compactionFollowsAndNeverMoves() {
        taught("old", 1, 70);
        offer(70);
        trainer.look();
        assertThat(logs.head().current()).isEqualTo("old");
        assertThat(trainer.log()).isSameAs(logs.log("old"));
    }

    private void offer(long upTo) {
        ModelLogs.Head head = logs.head();
        assertThat(logs.move(head, head.building("new", BigInteger.valueOf(upTo)))).isTrue();
    }

    private void taught(String modelId, long version, long position) {
        assertThat(
                        logs.log(modelId)
                                .append(
                                        version,
                                        new byte[] {1},
                                        Marks.NONE,
                                        Long.toString(position),
                                        NOW))
                .isPresent();
    }
}
