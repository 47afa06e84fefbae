package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.features.Faults;
import dev.freshet.features.Quarantine;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.testkit.memory.MemoryQuarantine;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExampleBatchTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Examples.NOON);

    private final Examples examples = new Examples();
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private final StreamRecord first = record(1);
    private final StreamRecord second = record(2);

    private static StreamRecord record(long sequence) {
        return new StreamRecord(
                new ShardPosition("examples/shardId-0", BigInteger.valueOf(sequence)),
                "examples",
                new byte[] {(byte) sequence},
                Examples.NOON);
    }

    private Example sound(String item) {
        return examples.interaction(1, item, Duration.ZERO);
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
        assertThat(quarantine.entries())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.position()).isEqualTo(second.position());
                            assertThat(entry.payload()).isEqualTo(second.data());
                            assertThat(entry.reason())
                                    .startsWith("threw: Examples [1, 2] of this record");
                        });
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
        List<Example> all = IntStream.range(0, 20).mapToObj(i -> broken()).toList();
        ExampleBatch batch =
                new ExampleBatch(
                        List.of(first),
                        all,
                        IntStream.range(0, 20).mapToObj(i -> 0).toList(),
                        1,
                        0,
                        List.of());

        assertThatThrownBy(
                        () ->
                                batch.withoutBroken(
                                        Model.EMPTY, CatalogueMode.OPEN, quarantine, CLOCK))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(quarantine.entries()).isEmpty();
    }
}
