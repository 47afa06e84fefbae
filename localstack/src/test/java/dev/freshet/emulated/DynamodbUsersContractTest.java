package dev.freshet.emulated;

import dev.freshet.feature.Users;
import dev.freshet.storage.UsersContract;
import dev.freshet.storage.dynamodb.DynamodbUsers;
import java.time.InstantSource;

class DynamodbUsersContractTest extends UsersContract {
    @Override
    protected Users users(InstantSource clock) {
        return new DynamodbUsers(
                EmulatedAws.clients().enhancedDynamoDb(), EmulatedAws.USERS, clock);
    }
}
