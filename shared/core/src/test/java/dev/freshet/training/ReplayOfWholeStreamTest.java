package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.StreamRecord;
import dev.freshet.model.Examples;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import dev.freshet.testkit.memory.MemoryQuarantine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayOfWholeStreamTest {
    private final SettableClock clock = new SettableClock(Examples.NOON);
    private final Examples examples = new Examples();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryModelLog log = new MemoryModelLog(objects, clock);
    private final MemoryQuarantine quarantine = new MemoryQuarantine();

    @Test
    void aStreamIsWholeIfItBeginsWithWhatTheModelLearnedFirst() {
        StreamRecord first = Trainings.record(1, List.of(examples.interaction(1, "tea")));
        StreamRecord second = Trainings.record(2, List.of(examples.interaction(2, "milk")));
        Trainings.flow(log, quarantine, clock).process(List.of(first, second));

        assertThat(Replay.isWhole(ModelLogs.only(log), first)).isTrue();
        assertThat(Replay.isWhole(ModelLogs.only(log), second)).isFalse();
    }

    @Test
    void noStreamIsKnownToBeWholeWhereTheFirstVersionIsLost() {
        StreamRecord first = Trainings.record(1, List.of(examples.interaction(1, "tea")));
        Trainings.flow(log, quarantine, clock).process(List.of(first));
        objects.remove(log.head().orElseThrow().key());

        assertThat(Replay.isWhole(ModelLogs.only(log), first)).isFalse();
    }

    @Test
    void aStreamThatBeginsWithAnUndecodableRecordIsNotWhole() {
        StreamRecord broken = Trainings.record(1, "no example".getBytes(StandardCharsets.UTF_8));
        StreamRecord second = Trainings.record(2, List.of(examples.interaction(2, "milk")));
        Trainings.flow(log, quarantine, clock).process(List.of(broken, second));

        assertThat(Replay.isWhole(ModelLogs.only(log), broken)).isFalse();
    }
}
