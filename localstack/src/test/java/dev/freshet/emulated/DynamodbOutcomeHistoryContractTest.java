package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.OUTCOMES;

import dev.freshet.aws.dynamodb.DynamodbOutcomeHistory;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.contract.OutcomeHistoryContract;
import java.time.InstantSource;

class DynamodbOutcomeHistoryContractTest extends OutcomeHistoryContract {
    @Override
    protected OutcomeHistory history(InstantSource clock) {
        return new DynamodbOutcomeHistory(
                EmulatedAws.tables(), OUTCOMES, RetentionPolicy.DEFAULT, clock);
    }
}
