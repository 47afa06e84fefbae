package dev.freshet.testkit.memory;

import dev.freshet.experiment.DefinitionStore;
import dev.freshet.testkit.contract.DefinitionStoreContract;

class MemoryDefinitionsContractTest extends DefinitionStoreContract {
    @Override
    protected DefinitionStore experiments() {
        return new MemoryDefinitions();
    }
}
