package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.TRENDS;

import dev.freshet.aws.dynamodb.DynamodbTrends;
import dev.freshet.model.popularity.Trends;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.contract.TrendsContract;
import java.time.InstantSource;

class DynamodbTrendsContractTest extends TrendsContract {
    @Override
    protected Trends trends(InstantSource clock) {
        return new DynamodbTrends(EmulatedAws.tables(), TRENDS, RetentionPolicy.DEFAULT, clock);
    }
}
