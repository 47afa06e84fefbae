package dev.freshet.simulation;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.testkit.ModelLogsWith;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryModelLogs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The logs of all models over one bucket, and the pointer to the current one. */
final class Models {
    /** Id of the initial model. */
    static final String FIRST = "first";

    private final SimulationContext nature;
    private final Bucket bucket;
    private final MemoryModelLogs heads;
    private final Map<String, MemoryModelLog> logs = new HashMap<>();

    Models(SimulationContext nature, Bucket bucket) {
        this.nature = nature;
        this.bucket = bucket;
        this.heads = new MemoryModelLogs(FIRST, nature.clock);
    }

    /** Returns the log of a model, without faults. */
    MemoryModelLog log(String modelId) {
        return logs.computeIfAbsent(modelId, id -> new MemoryModelLog(bucket, nature.clock));
    }

    /** Returns the logs of all models. */
    Collection<MemoryModelLog> all() {
        return logs.values();
    }

    /** Returns the log of the current model, without faults. */
    MemoryModelLog currentLog() {
        return log(heads.head().current());
    }

    /** Returns pointer and logs through a process's faults. */
    ModelLogs seenBy(Sandbox process, UnaryOperator<ModelLog> bug) {
        ModelLogs heads = process.sees(ModelLogs.class, this.heads);
        return new ModelLogsWith(
                heads, this::log, log -> bug.apply(process.sees(ModelLog.class, log)));
    }
}
