package dev.freshet.testkit.memory;

import dev.freshet.model.log.ModelLogs;
import dev.freshet.testkit.contract.NewestVersionContract;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

class MemoryNewestVersionContractTest extends NewestVersionContract {
    private final Map<String, MemoryModelLogs> stacks = new HashMap<>();

    @Override
    protected ModelLogs logs(String modelId, InstantSource clock) {
        return stacks.computeIfAbsent(modelId, id -> new MemoryModelLogs(id, clock));
    }
}
