package dev.freshet.emulated;

import dev.freshet.feature.Trends;
import dev.freshet.storage.TrendsContract;
import dev.freshet.storage.dynamodb.DynamodbTrends;
import java.time.InstantSource;

class DynamodbTrendsContractTest extends TrendsContract {
    @Override
    protected Trends trends(InstantSource clock) {
        return new DynamodbTrends(
                EmulatedAws.clients().enhancedDynamoDb(), EmulatedAws.TRENDS, clock);
    }
}
