package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.EXPERIMENTS;

import dev.freshet.aws.dynamodb.DynamodbDefinitions;
import dev.freshet.experiment.DefinitionStore;
import dev.freshet.testkit.contract.DefinitionStoreContract;

class DynamodbDefinitionsContractTest extends DefinitionStoreContract {
    @Override
    protected DefinitionStore experiments() {
        return new DynamodbDefinitions(EmulatedAws.tables(), EXPERIMENTS);
    }
}
