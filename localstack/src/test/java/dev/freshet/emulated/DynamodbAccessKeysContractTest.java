package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.KEYS;

import dev.freshet.access.AccessKeys;
import dev.freshet.aws.dynamodb.DynamodbAccessKeys;
import dev.freshet.testkit.contract.AccessKeysContract;
import java.time.InstantSource;

class DynamodbAccessKeysContractTest extends AccessKeysContract {
    @Override
    protected AccessKeys keys(InstantSource clock) {
        return new DynamodbAccessKeys(EmulatedAws.tables(), KEYS, clock);
    }
}
