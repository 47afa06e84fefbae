package dev.freshet.emulated;

import dev.freshet.aws.dynamodb.DynamodbOutcomeHistory;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.contract.OutcomeHistoryContract;
import java.time.InstantSource;

class DynamodbOutcomeHistoryContractTest extends OutcomeHistoryContract {
    @Override
    protected OutcomeHistory history(InstantSource clock) {
        return new DynamodbOutcomeHistory(
                EmulatedAws.clients().enhancedDynamoDb(),
                EmulatedAws.OUTCOMES,
                RetentionPolicy.DEFAULT,
                clock);
    }
}
