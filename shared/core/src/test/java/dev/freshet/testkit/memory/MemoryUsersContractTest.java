package dev.freshet.testkit.memory;

import dev.freshet.profile.Users;
import dev.freshet.testkit.contract.UsersContract;
import java.time.InstantSource;

class MemoryUsersContractTest extends UsersContract {
    @Override
    protected Users users(InstantSource clock) {
        return new MemoryUsers(clock);
    }
}
