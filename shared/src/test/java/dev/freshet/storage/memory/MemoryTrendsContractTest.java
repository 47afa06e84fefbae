package dev.freshet.storage.memory;

import dev.freshet.feature.Trends;
import dev.freshet.storage.TrendsContract;
import java.time.InstantSource;

class MemoryTrendsContractTest extends TrendsContract {
    @Override
    protected Trends trends(InstantSource clock) {
        return new MemoryTrends(clock);
    }
}
