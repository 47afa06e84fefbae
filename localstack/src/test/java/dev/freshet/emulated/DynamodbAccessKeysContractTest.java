package dev.freshet.emulated;

import dev.freshet.access.AccessKeys;
import dev.freshet.storage.AccessKeysContract;
import dev.freshet.storage.dynamodb.DynamodbAccessKeys;
import java.time.InstantSource;

class DynamodbAccessKeysContractTest extends AccessKeysContract {
    @Override
    protected AccessKeys keys(InstantSource clock) {
        return new DynamodbAccessKeys(
                EmulatedAws.clients().enhancedDynamoDb(), EmulatedAws.KEYS, clock);
    }
}
