package dev.freshet.storage.memory;

import dev.freshet.feature.Users;
import dev.freshet.storage.UsersContract;
import java.time.InstantSource;

class MemoryUsersContractTest extends UsersContract {
    @Override
    protected Users users(InstantSource clock) {
        return new MemoryUsers(clock);
    }
}
