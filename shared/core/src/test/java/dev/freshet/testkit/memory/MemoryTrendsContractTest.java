package dev.freshet.testkit.memory;

import dev.freshet.model.popularity.Trends;
import dev.freshet.testkit.contract.TrendsContract;
import java.time.InstantSource;

class MemoryTrendsContractTest extends TrendsContract {
    @Override
    protected Trends trends(InstantSource clock) {
        return new MemoryTrends(clock);
    }
}
