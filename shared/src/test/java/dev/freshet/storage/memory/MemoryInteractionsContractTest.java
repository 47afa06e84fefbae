package dev.freshet.storage.memory;

import dev.freshet.feature.Interactions;
import dev.freshet.storage.InteractionsContract;
import java.time.InstantSource;

class MemoryInteractionsContractTest extends InteractionsContract {
    @Override
    protected Interactions interactions(InstantSource clock) {
        return new MemoryInteractions(clock);
    }
}
