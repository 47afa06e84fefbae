package dev.freshet.storage.memory;

import dev.freshet.access.AccessKeys;
import dev.freshet.storage.AccessKeysContract;
import java.time.InstantSource;

class MemoryAccessKeysContractTest extends AccessKeysContract {
    @Override
    protected AccessKeys keys(InstantSource clock) {
        return new MemoryAccessKeys(clock);
    }
}
