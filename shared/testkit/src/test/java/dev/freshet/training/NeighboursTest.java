package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.model.memory.NeighboursFile.Row;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.recommend.ReplicaModelSupplier;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExperiments;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Neighbours of a batch job on their way: announced, learned with, served, swept. */
class NeighboursTest {
    private final SettableClock clock = new SettableClock(Examples.NOON);
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryModelLog log = new MemoryModelLog(objects, clock);
    private final MemoryExampleLog examples = new MemoryExampleLog();
    private final List<Example> history = new Examples().mixed(new Random(7), 600);

    private static byte[] file(double weight) {
        List<Row> rows = new ArrayList<>();
        for (int item = 0; item < 30; item++) {
            rows.add(
                    new Row(
                            "item-" + item,
                            List.of("item-" + (item + 1) % 30, "item-" + (item + 2) % 30),
                            List.of(weight, 1.0)));
        }
        return NeighboursFile.encode(rows);
    }

    private Example.Neighbours announce(double weight, Instant madeAt) {
        return new NeighboursAnnouncement(objects, examples).announce(file(weight), "job", madeAt);
    }

    private static TrainingFlow flow(MemoryModelLog to, SettableClock clock) {
        return new TrainingFlow(
                ModelLogs.only(to),
                ModelSettings.DEFAULT,
                new MemoryTrends(clock),
                new MemoryOutcomeHistory(clock),
                new MemoryQuarantine(),
                clock,
                Runnable::run);
    }

    private static StreamRecord record(int sequence, List<Example> batch) {
        return new StreamRecord(
                new ShardPosition("examples/0", BigInteger.valueOf(sequence)),
                "examples",
                ExampleCodec.encode(batch),
                Examples.NOON);
    }

    private byte[] learned(MemoryModelLog to, int batches, Example named) {
        TrainingFlow flow = flow(to, clock);
        int size = history.size() / batches;
        for (int batch = 0; batch < batches; batch++) {
            List<Example> some = new ArrayList<>(history.subList(batch * size, (batch + 1) * size));
            if (batch == batches / 2) {
                some.addFirst(named);
            }
            assertThat(flow.process(List.of(record(batch + 1, some))).unfinished()).isEmpty();
            if (batch % 4 == 3) {
                flow = flow(to, clock); // a new process reads the log
            }
        }
        return SnapshotCodec.encode(replica(to).current().model());
    }

    private Replica replica(MemoryModelLog of) {
        Replica replica = new Replica(of, ModelSettings.DEFAULT, clock, Runnable::run);
        replica.load();
        return replica;
    }

    @Test
    void aReplayOfTheSameExamplesGivesTheSameBytes() {
        Example named = announce(2, Examples.NOON);
        byte[] once = learned(log, 10, named);
        byte[] again = learned(new MemoryModelLog(objects, clock), 10, named);
        assertThat(again).isEqualTo(once);
        assertThat(replica(log).current().model().remembers()).isTrue();
    }

    @Test
    void theTrainerWaitsForNeighboursThatItCannotLoad() {
        Example.Neighbours named = announce(2, Examples.NOON);
        byte[] bytes = objects.get(named.key(), named.bytes()).orElseThrow();
        objects.remove(named.key());
        List<StreamRecord> batch = List.of(record(1, List.of(named, history.getFirst())));

        assertThat(flow(log, clock).process(batch).unfinished()).isPresent();
        assertThat(log.head()).isEmpty();

        objects.put(named.key(), bytes);
        assertThat(flow(log, clock).process(batch).applied()).isEqualTo(2);
    }

    @Test
    void aJobThatBeganEarlierChangesNothing() {
        Example.Neighbours later = announce(2, Examples.NOON.plusSeconds(60));
        Example.Neighbours earlier = announce(3, Examples.NOON);
        TrainingFlow flow = flow(log, clock);
        flow.process(List.of(record(1, List.of(later))));
        TrainingFlow.Outcome again = flow.process(List.of(record(2, List.of(earlier, later))));
        assertThat(again.applied()).isZero();
        assertThat(again.skipped()).isEqualTo(2);
    }

    @Test
    void answersSayThatNeighboursAreLate() {
        Example.Neighbours named = announce(2, Examples.NOON);
        flow(log, clock).process(List.of(record(1, history), record(2, List.of(named))));
        byte[] bytes = objects.get(named.key(), named.bytes()).orElseThrow();
        objects.remove(named.key());
        Replica replica = replica(log);
        ReplicaModelSupplier served =
                new ReplicaModelSupplier(replica, ModelSettings.DEFAULT.catalogue(), clock);
        assertThat(served.get().problems()).containsExactly("neighbours-late");

        objects.put(named.key(), bytes);
        clock.advance(Duration.ofSeconds(2));
        served.get();
        assertThat(served.get().problems()).isEmpty();
    }

    @Test
    void onlyNeighboursThatNoKeptVersionNamesAreSwept() {
        List<String> keys = new ArrayList<>();
        TrainingFlow flow = flow(log, clock);
        for (int week = 0; week < 8; week++) {
            Example.Neighbours named =
                    announce(week + 1, Examples.NOON.plus(Duration.ofDays(7L * week)));
            keys.add(named.key());
            flow.process(List.of(record(week + 1, List.of(named, history.get(week)))));
        }
        String unannounced =
                ModelArchive.putNeighbours(
                                objects,
                                Examples.NOON.plus(Duration.ofDays(60)).getEpochSecond(),
                                file(9))
                        .key();
        new Compaction(
                        ModelLogs.only(log),
                        ModelSettings.DEFAULT,
                        new MemoryCatalog(clock),
                        new MemoryExperiments(),
                        examples,
                        item -> Map.of(),
                        Compaction.Settings.DEFAULT,
                        clock,
                        Runnable::run)
                .run();

        // those of the last three weeks, and the one in force before them
        List<String> expected = new ArrayList<>(keys.subList(3, 8));
        expected.add(unannounced);
        assertThat(objects.keys("models/neighbours-v1/", 100)).isEqualTo(expected);
    }

    @Test
    void bytesThatAreNoNeighboursAreNotAnnounced() {
        byte[] damaged = file(2);
        damaged[40]++;
        assertThatThrownBy(
                        () ->
                                new NeighboursAnnouncement(objects, examples)
                                        .announce(damaged, "job", Examples.NOON))
                .hasMessageContaining("checksum");
        assertThat(examples.records()).isEmpty();
        assertThat(Model.EMPTY.remembers()).isTrue();
    }
}
