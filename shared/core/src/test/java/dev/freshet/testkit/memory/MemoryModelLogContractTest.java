package dev.freshet.testkit.memory;

import dev.freshet.model.log.ModelLog;
import dev.freshet.store.ObjectStore;
import dev.freshet.testkit.contract.ModelLogContract;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

class MemoryModelLogContractTest extends ModelLogContract {
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final Map<String, ModelLog> logs = new HashMap<>();

    @Override
    protected ModelLog log(String modelId, InstantSource clock) {
        return logs.computeIfAbsent(modelId, id -> new MemoryModelLog(objects, clock));
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }
}
