package dev.freshet.testkit.memory;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelObjects;
import dev.freshet.testkit.contract.ModelLogContract;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

class MemoryModelLogContractTest extends ModelLogContract {
    private final MemoryModelObjects objects = new MemoryModelObjects();
    private final Map<String, ModelLog> logs = new HashMap<>();

    @Override
    protected ModelLog log(String modelId, InstantSource clock) {
        return logs.computeIfAbsent(modelId, id -> new MemoryModelLog(objects, clock));
    }

    @Override
    protected ModelObjects objects() {
        return objects;
    }
}
