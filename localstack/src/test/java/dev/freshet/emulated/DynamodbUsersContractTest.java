package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.USERS;

import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.profile.Users;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.contract.UsersContract;
import java.time.InstantSource;

class DynamodbUsersContractTest extends UsersContract {
    @Override
    protected Users users(InstantSource clock) {
        return new DynamodbUsers(EmulatedAws.tables(), USERS, RetentionPolicy.DEFAULT, clock);
    }
}
