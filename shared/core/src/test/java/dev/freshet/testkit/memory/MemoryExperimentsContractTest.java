package dev.freshet.testkit.memory;

import dev.freshet.experiment.Experiments;
import dev.freshet.testkit.contract.ExperimentsContract;

class MemoryExperimentsContractTest extends ExperimentsContract {
    @Override
    protected Experiments experiments() {
        return new MemoryExperiments();
    }
}
