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

/** The logs of all models over one bucket, and the head that says which is current. */
final class Models {
    /** The model that the stack begins with. */
    static final String FIRST = "first";

    private final Nature nature;
    private final Bucket bucket;
    private final MemoryModelLogs heads;
    private final Map<String, MemoryModelLog> logs = new HashMap<>();

    Models(Nature nature, Bucket bucket) {
        this.nature = nature;
        this.bucket = bucket;
        this.heads = new MemoryModelLogs(FIRST, nature.clock);
    }

    /** The log of a model as it is. */
    MemoryModelLog log(String modelId) {
        return logs.computeIfAbsent(modelId, id -> new MemoryModelLog(bucket, nature.clock));
    }

    /** Every model's log. */
    Collection<MemoryModelLog> all() {
        return logs.values();
    }

    /** The log of the model that is current, as it is. */
    MemoryModelLog currentLog() {
        return log(heads.head().current());
    }

    /** Heads and logs as a process sees them. */
    ModelLogs seenBy(Sandbox process, UnaryOperator<ModelLog> bug) {
        ModelLogs heads = process.sees(ModelLogs.class, this.heads);
        return new ModelLogsWith(
                heads, this::log, log -> bug.apply(process.sees(ModelLog.class, log)));
    }
}
