package dev.freshet.testkit.memory;

import dev.freshet.access.AccessKeys;
import dev.freshet.testkit.contract.AccessKeysContract;
import java.time.InstantSource;

class MemoryAccessKeysContractTest extends AccessKeysContract {
    @Override
    protected AccessKeys keys(InstantSource clock) {
        return new MemoryAccessKeys(clock);
    }
}
