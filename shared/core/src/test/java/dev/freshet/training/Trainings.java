package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.features.Quarantine;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryTrends;
import java.math.BigInteger;
import java.util.List;

/** Trainers in memory with default settings, and what they read and write. */
public final class Trainings {
    private Trainings() {}

    public static TrainingFlow flow(ModelLog log, Quarantine quarantine, SettableClock clock) {
        return new TrainingFlow(
                ModelLogs.only(log),
                ModelSettings.DEFAULT,
                new MemoryTrends(clock),
                new MemoryOutcomeHistory(clock),
                quarantine,
                clock,
                Runnable::run);
    }

    /** Returns a record of examples, of this number on its shard. */
    public static StreamRecord record(long number, List<? extends Example> examples) {
        return record(number, ExampleCodec.encode(List.copyOf(examples)));
    }

    public static StreamRecord record(long number, byte[] bytes) {
        ShardPosition position =
                new ShardPosition("examples/shardId-000000000000", BigInteger.valueOf(number));
        return new StreamRecord(position, "examples", bytes, Examples.NOON);
    }

    /** Returns the model as a replica that follows the log to its end sees it. */
    public static Model followed(ModelLog log) {
        LogFollower.Result found = LogFollower.newest(log, ModelSettings.DEFAULT);
        assertThat(found.trouble()).isNull();
        return found.versioned().model();
    }
}
