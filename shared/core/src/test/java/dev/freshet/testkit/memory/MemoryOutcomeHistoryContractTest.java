package dev.freshet.testkit.memory;

import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.testkit.contract.OutcomeHistoryContract;
import java.time.InstantSource;

class MemoryOutcomeHistoryContractTest extends OutcomeHistoryContract {
    @Override
    protected OutcomeHistory history(InstantSource clock) {
        return new MemoryOutcomeHistory(clock);
    }
}
