package dev.freshet.storage.memory;

import dev.freshet.model.ModelLog;
import dev.freshet.storage.ModelLogContract;
import dev.freshet.storage.ModelObjects;
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
