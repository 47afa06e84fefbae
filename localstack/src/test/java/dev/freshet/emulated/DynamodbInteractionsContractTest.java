package dev.freshet.emulated;

import dev.freshet.feature.Interactions;
import dev.freshet.storage.InteractionsContract;
import dev.freshet.storage.dynamodb.DynamodbInteractions;
import java.time.InstantSource;

class DynamodbInteractionsContractTest extends InteractionsContract {
    @Override
    protected Interactions interactions(InstantSource clock) {
        return new DynamodbInteractions(
                EmulatedAws.clients().enhancedDynamoDb(), EmulatedAws.INTERACTIONS, clock);
    }
}
