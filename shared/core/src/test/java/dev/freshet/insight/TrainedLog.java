package dev.freshet.insight;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import dev.freshet.training.TrainingFlow;
import dev.freshet.training.Trainings;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** A trainer with its stores in memory, to which tests of reports give batches of examples. */
final class TrainedLog {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    final SettableClock clock = new SettableClock(NOON);
    final MemoryTrends trends = new MemoryTrends(clock);
    final MemoryOutcomeHistory history = new MemoryOutcomeHistory(clock);
    private final MemoryModelLog log = new MemoryModelLog(clock);
    private final ModelSettings settings;
    private final TrainingFlow trainer;
    private int batches;

    /** How many positions of events were given out. */
    int sequence;

    TrainedLog(ModelSettings settings) {
        this.settings = settings;
        trainer =
                new TrainingFlow(
                        ModelLogs.only(log),
                        settings,
                        trends,
                        history,
                        new MemoryQuarantine(),
                        clock,
                        Runnable::run);
    }

    Versioned newest() {
        return LogFollower.newest(log, settings).versioned();
    }

    /** Returns the position of the next event. */
    ShardPosition position() {
        return new ShardPosition("events/0", BigInteger.valueOf(++sequence));
    }

    /** Trains a version of the model with the examples. */
    void learn(List<Example> examples) {
        trainer.process(List.of(Trainings.record(++batches, examples)));
    }
}
