package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.features.Faults;
import dev.freshet.features.Quarantine;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.testkit.memory.MemoryQuarantine;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleBatchTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Examples.NOON);

    private final Examples examples = new Examples();
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private final StreamRecord first = record(1);
    private final StreamRecord second = record(2);

    private static StreamRecord record(long sequence) {
        return Trainings.record(sequence, new byte[] {(byte) sequence});
    }

    private Example sound(String item) {
        return examples.interaction(1, item);
    }

    /** Returns an example that no codec would decode: learning it throws. */
    @SuppressWarnings("NullAway")
    private Example broken() {
        return new Example.Interaction(
                examples.next(),
                null,
                Target.item("tea"),
                EventType.CLICK,
                1f,
                0,
                Examples.NOON,
                Context.UNKNOWN);
    }

    @Test
    void anExampleThatThrowsIsLeftOutAndItsRecordKeptAsideWithItsNumber() {
        Example tea = sound("tea");
        Example milk = sound("milk");
        ExampleBatch batch =
                new ExampleBatch(
                        List.of(first, second),
                        List.of(tea, milk, broken(), broken()),
                        List.of(0, 1, 1, 1),
                        2,
                        0,
                        List.of());

        ExampleBatch sound =
                batch.withoutBroken(Model.EMPTY, CatalogueMode.OPEN, quarantine, CLOCK)
                        .orElseThrow();

        assertThat(sound.examples()).containsExactly(tea, milk);
        assertThat(sound.quarantined()).isEqualTo(1);
        assertThat(sound.unread()).isEmpty();
        Quarantine.Entry entry = quarantine.get(second.position()).orElseThrow();
        assertThat(quarantine.entries()).containsExactly(entry);
        assertThat(entry.payload()).isEqualTo(second.data());
        assertThat(entry.reason()).startsWith("threw: Examples [1, 2] of this record");
    }

    @Test
    void aBatchWhoseBrokenRecordCannotBeKeptAsideIsNotLearned() {
        ExampleBatch batch =
                new ExampleBatch(List.of(first), List.of(broken()), List.of(0), 1, 0, List.of());
        Quarantine silent = Faults.before(Quarantine.class, quarantine, call -> true);

        assertThat(batch.withoutBroken(Model.EMPTY, CatalogueMode.OPEN, silent, CLOCK)).isEmpty();
    }

    @Test
    void whenLearningThrowsOnNearlyEverythingTheInvocationFails() {
        List<Example> all = Examples.times(20, i -> broken());
        ExampleBatch batch =
                new ExampleBatch(List.of(first), all, Collections.nCopies(20, 0), 1, 0, List.of());

        assertThatThrownBy(
                        () ->
                                batch.withoutBroken(
                                        Model.EMPTY, CatalogueMode.OPEN, quarantine, CLOCK))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(quarantine.entries()).isEmpty();
    }
}
