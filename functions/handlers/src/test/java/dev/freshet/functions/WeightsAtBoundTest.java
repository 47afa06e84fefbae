package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.Pseudonym;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.StreamConsumers.TrainConsumer;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import dev.freshet.training.TrainingFlow;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A log whose learned weights another trainer left far beyond their bound. */
class WeightsAtBoundTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final List<String> LIST = List.of("first", "second", "third");

    private final SettableClock clock = new SettableClock(NOW);
    private final List<String> log = new ArrayList<>();
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private final MemoryModelLog models = new MemoryModelLog(clock);
    private final TrainConsumer train =
            new TrainConsumer(
                    new TrainingFlow(
                            ModelLogs.only(models),
                            ModelSettings.DEFAULT.withCatalogue(CatalogueMode.OPEN),
                            new MemoryTrends(clock),
                            new MemoryOutcomeHistory(clock),
                            quarantine,
                            clock,
                            Runnable::run),
                    () -> {},
                    new Metrics(Map.of("Stack", "dev-main"), clock, log::add),
                    clock);

    private int sequence;

    @Test
    void trainTellsOfMovesThatTheBoundOfAWeightCutsShort() throws IOException {
        for (String item : LIST) {
            assertThat(train("reader of " + item, item, List.of()).has("WeightsAtBound")).isFalse();
        }
        assertThat(train("ann", "third", LIST).has("WeightsAtBound")).isFalse();

        append(weightsOf(1_000));
        JsonNode beyond = train("ben", "third", LIST);

        assertThat(beyond.path("WeightsAtBound").asLong()).isPositive();
        assertThat(beyond.path("ExamplesApplied").asInt()).isEqualTo(1);
        assertThat(quarantine.entries()).isEmpty();
    }

    /** Learns one choice and returns the line of metrics. */
    private JsonNode train(String user, String item, List<String> list) throws IOException {
        BigInteger number = BigInteger.valueOf(++sequence);
        Example.Interaction choice =
                new Example.Interaction(
                        new ShardPosition("events/shardId-0", number),
                        new Pseudonym(user.hashCode()),
                        Target.item(item),
                        EventType.CLICK,
                        1,
                        0,
                        NOW,
                        Context.of("mobile", "BR", null));
        StreamRecord record =
                new StreamRecord(
                        new ShardPosition("examples/shardId-0", number),
                        "examples",
                        ExampleCodec.encode(List.of(choice.inList(list))),
                        NOW);
        train.take(List.of(record), NOW);
        return new ObjectMapper().readTree(log.getLast());
    }

    /** Returns a delta that sets every weight of users without a history. */
    private static LearnedState.Rows weightsOf(float weight) {
        float[] row = new float[SignalFamilies.COUNT];
        Arrays.fill(row, weight);
        return new LearnedState.Rows(
                new BlendState.Rows(
                        new int[] {0}, new float[][] {row}, 10, BlendState.Budget.CAPACITY, 0),
                null,
                null,
                null);
    }

    private void append(LearnedState.Rows learned) {
        ModelLog.Version head = models.head().orElseThrow();
        byte[] delta =
                DeltaCodec.encode(new Delta(List.of(), head.marks(), CatalogueMode.OPEN, learned));
        models.append(head.version() + 1, delta, head.marks(), head.examplesPosition(), NOW);
    }
}
