package dev.freshet.testkit.memory;

import dev.freshet.features.Exposures;
import dev.freshet.testkit.contract.ExposuresContract;
import java.time.InstantSource;

class MemoryExposuresContractTest extends ExposuresContract {
    @Override
    protected Exposures exposures(InstantSource clock) {
        return new MemoryExposures(clock);
    }
}
