package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.EXPOSURES;

import dev.freshet.aws.dynamodb.DynamodbExposures;
import dev.freshet.features.Exposures;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.contract.ExposuresContract;
import java.time.InstantSource;

class DynamodbExposuresContractTest extends ExposuresContract {
    @Override
    protected Exposures exposures(InstantSource clock) {
        return new DynamodbExposures(
                EmulatedAws.clients().dynamoDb(), EXPOSURES, RetentionPolicy.DEFAULT, clock);
    }
}
