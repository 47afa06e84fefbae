package dev.freshet.emulated;

import dev.freshet.aws.dynamodb.DynamodbExperiments;
import dev.freshet.experiment.Experiments;
import dev.freshet.testkit.contract.ExperimentsContract;

class DynamodbExperimentsContractTest extends ExperimentsContract {
    @Override
    protected Experiments experiments() {
        return new DynamodbExperiments(
                EmulatedAws.clients().enhancedDynamoDb(), EmulatedAws.EXPERIMENTS);
    }
}
