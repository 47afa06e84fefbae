package dev.freshet.testkit.memory;

import dev.freshet.features.Interactions;
import dev.freshet.testkit.contract.InteractionsContract;
import java.time.InstantSource;

class MemoryInteractionsContractTest extends InteractionsContract {
    @Override
    protected Interactions interactions(InstantSource clock) {
        return new MemoryInteractions(clock);
    }
}
