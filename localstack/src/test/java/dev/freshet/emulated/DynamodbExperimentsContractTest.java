package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.EXPERIMENTS;

import dev.freshet.aws.dynamodb.DynamodbExperiments;
import dev.freshet.experiment.Experiments;
import dev.freshet.testkit.contract.ExperimentsContract;

class DynamodbExperimentsContractTest extends ExperimentsContract {
    @Override
    protected Experiments experiments() {
        return new DynamodbExperiments(EmulatedAws.tables(), EXPERIMENTS);
    }
}
