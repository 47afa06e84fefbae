package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.INTERACTIONS;

import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.features.Interactions;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.contract.InteractionsContract;
import java.time.InstantSource;

class DynamodbInteractionsContractTest extends InteractionsContract {
    @Override
    protected Interactions interactions(InstantSource clock) {
        return new DynamodbInteractions(
                EmulatedAws.clients(), INTERACTIONS, RetentionPolicy.DEFAULT, clock);
    }
}
