package dev.freshet.simulation;

import dev.freshet.event.StreamRecord;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import dev.freshet.training.TrainingFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verification of a model log with damaged objects: what is served from it, and whether it can be
 * rebuilt from the stream. Runs when all other tasks are idle.
 */
final class DamagedLogCheck {
    private final World world;
    private final Consumer<String> violations;

    DamagedLogCheck(World world, Consumer<String> violations) {
        this.world = world;
        this.violations = violations;
    }

    /** Damages objects permanently, verifies, repairs, verifies again, and rebuilds. */
    void verify(int objects) {
        Replica before = replica();
        before.load();
        List<String> keys = new ArrayList<>(world.objects.keys());
        List<Runnable> repairs = new ArrayList<>();
        for (int i = 0; i < objects && !keys.isEmpty(); i++) {
            String key = keys.remove(world.nature.random.nextInt(keys.size()));
            repairs.add(world.objects.damage(key));
        }
        long head = world.log().head().map(ModelLog.Version::version).orElse(0L);
        Replica fresh = replica();
        Replica.Versioned served = fresh.load();
        @Nullable String trouble = fresh.status().trouble();
        if (served.version() < head && trouble == null) {
            violations.accept(
                    "a replica at " + served.version() + " of " + head + " reports no problem");
        }
        if (before.load().version() < head) {
            violations.accept("a replica that had the newest version lost it");
        }
        repairs.forEach(Runnable::run);
        compare("a replica of damaged objects", served);
        world.nature.clock.advance(Replica.AFTER_FAILURE.plusSeconds(1));
        Replica.Versioned repaired = fresh.load();
        if (repaired.version() != head || fresh.status().trouble() != null) {
            violations.accept("a replica stays at " + repaired.version() + " after the repair");
        }
        rebuilt(repaired.model());
    }

    private Replica replica() {
        return new Replica(world.log(), world.model, world.nature.clock, Runnable::run);
    }

    private void compare(String who, Replica.Versioned served) {
        Model folded = FoldedLog.of(world.log(), world.model, served.version()).model();
        if (!Arrays.equals(SnapshotCodec.encode(folded), SnapshotCodec.encode(served.model()))) {
            violations.accept(
                    who + " serves a model that differs from version " + served.version());
        }
    }

    /** Rebuilds the model into another log from the beginning of the stream of examples. */
    private void rebuilt(Model original) {
        MemoryModelLog other = new MemoryModelLog(world.nature.clock);
        TrainingFlow flow =
                new TrainingFlow(
                        ModelLogs.only(other),
                        world.model,
                        new MemoryTrends(world.nature.clock),
                        new MemoryOutcomeHistory(world.nature.clock),
                        new MemoryQuarantine(),
                        world.nature.clock,
                        Runnable::run);
        List<StreamRecord> batch = new ArrayList<>();
        for (Stream.Held held : world.examples.all()) {
            batch.add(world.examples.received(held));
            if (world.nature.random.nextInt(10) == 0) {
                flow.process(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            flow.process(batch);
        }
        Replica replica = new Replica(other, world.model, world.nature.clock, Runnable::run);
        if (!Arrays.equals(
                SnapshotCodec.encode(original),
                SnapshotCodec.encode(replica.follow(Duration.ofDays(1)).model()))) {
            violations.accept("the model rebuilt from the stream differs");
        }
    }
}
