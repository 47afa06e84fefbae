package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
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
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import dev.freshet.testkit.memory.MemoryQuarantine;
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

    private TrainingFlow flow(MemoryModelLog to) {
        return Trainings.flow(to, new MemoryQuarantine(), clock);
    }

    private byte[] learned(MemoryModelLog to, int batches, Example named) {
        TrainingFlow flow = flow(to);
        int size = history.size() / batches;
        for (int batch = 0; batch < batches; batch++) {
            List<Example> some = new ArrayList<>(history.subList(batch * size, (batch + 1) * size));
            if (batch == batches / 2) {
                some.addFirst(named);
            }
            assertThat(flow.process(List.of(Trainings.record(batch + 1, some))).unfinished())
                    .isEmpty();
            if (batch % 4 == 3) {
                flow = flow(to); // a new process reads the log
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
        List<StreamRecord> batch = List.of(Trainings.record(1, List.of(named, history.getFirst())));

        assertThat(flow(log).process(batch).unfinished()).isPresent();
        assertThat(log.head()).isEmpty();

        objects.put(named.key(), bytes);
        assertThat(flow(log).process(batch).applied()).isEqualTo(2);
    }

    @Test
    void aJobThatBeganEarlierChangesNothing() {
        Example.Neighbours later = announce(2, Examples.NOON.plusSeconds(60));
        Example.Neighbours earlier = announce(3, Examples.NOON);
        TrainingFlow flow = flow(log);
        flow.process(List.of(Trainings.record(1, List.of(later))));
        TrainingFlow.Outcome again =
                flow.process(List.of(Trainings.record(2, List.of(earlier, later))));
        assertThat(again.applied()).isZero();
        assertThat(again.skipped()).isEqualTo(2);
    }

    @Test
    void answersSayThatNeighboursAreLate() {
        Example.Neighbours named = announce(2, Examples.NOON);
        flow(log)
                .process(
                        List.of(Trainings.record(1, history), Trainings.record(2, List.of(named))));
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
        TrainingFlow flow = flow(log);
        for (int week = 0; week < 8; week++) {
            Example.Neighbours named =
                    announce(week + 1, Examples.NOON.plus(Duration.ofDays(7L * week)));
            keys.add(named.key());
            flow.process(List.of(Trainings.record(week + 1, List.of(named, history.get(week)))));
        }
        long later = Examples.NOON.plus(Duration.ofDays(60)).getEpochSecond();
        String unannounced = ModelArchive.putNeighbours(objects, later, file(9)).key();
        new Compaction(
                        ModelLogs.only(log),
                        ModelSettings.DEFAULT,
                        new MemoryCatalog(clock),
                        new MemoryDefinitions(),
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
        NeighboursAnnouncement announcement = new NeighboursAnnouncement(objects, examples);
        assertThatThrownBy(() -> announcement.announce(damaged, "job", Examples.NOON))
                .hasMessageContaining("checksum");
        assertThat(examples.records()).isEmpty();
        assertThat(Model.EMPTY.remembers()).isTrue();
    }
}
